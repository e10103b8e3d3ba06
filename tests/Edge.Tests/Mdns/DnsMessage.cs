using System.Net;
using System.Text;

namespace Dwapi.Edge.Tests.Mdns;

/// <summary>Writes DNS messages, right and wrong ones, byte by byte.</summary>
internal sealed class DnsMessage
{
    private readonly List<byte> _bytes = [0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public byte[] Bytes => [.. _bytes];

    public int Length => _bytes.Count;

    /// <summary>Sets the flags and the counts of questions, answers, authorities and additional records.</summary>
    public DnsMessage Header(int flags, params int[] counts)
    {
        (_bytes[2], _bytes[3]) = ((byte)(flags >> 8), (byte)flags);
        for (var i = 0; i < counts.Length; i++)
            (_bytes[4 + 2 * i], _bytes[5 + 2 * i]) = ((byte)(counts[i] >> 8), (byte)counts[i]);
        return this;
    }

    public DnsMessage Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public DnsMessage Name(params string[] labels)
    {
        foreach (var label in labels)
        {
            var bytes = Encoding.UTF8.GetBytes(label);
            Raw((byte)bytes.Length).Raw(bytes);
        }

        return Raw(0);
    }

    /// <summary>A record whose name is there already; counts it among the answers.</summary>
    public DnsMessage Record(int type, Action<DnsMessage> data)
    {
        Raw(0, (byte)type, 0x80, 1, 0, 0, 0, 120, 0, 0);
        var begin = Length;
        data(this);
        var length = Length - begin;
        (_bytes[begin - 2], _bytes[begin - 1]) = ((byte)(length >> 8), (byte)length);
        var count = (_bytes[6] << 8 | _bytes[7]) + 1;
        (_bytes[6], _bytes[7]) = ((byte)(count >> 8), (byte)count);
        return this;
    }

    public DnsMessage Pointer(string[] service, string[] instance) => Name(service).Record(12, data => data.Name(instance));

    public DnsMessage Service(string[] instance, int port, string[] host) => Name(instance).Record(33, data => data.Raw(0, 0, 0, 0, (byte)(port >> 8), (byte)port).Name(host));

    public DnsMessage Text(string[] instance, params string[] attributes) => Name(instance).Record(16, data =>
    {
        foreach (var attribute in attributes)
            data.Raw((byte)Encoding.UTF8.GetByteCount(attribute)).Raw(Encoding.UTF8.GetBytes(attribute));
    });

    public DnsMessage Address(string[] host, string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return Name(host).Record(bytes.Length == 4 ? 1 : 28, data => data.Raw(bytes));
    }
}
