using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Dwapi.Edge.Mdns;

/// <summary>
/// Reads DNS messages that came from anybody. Nothing is believed about lengths, a pointer leads only backwards, and every fault is a
/// <see cref="MdnsFormatException"/>.
/// </summary>
internal ref struct DnsReader
{
    /// <summary>Largest message (RFC 6762 17).</summary>
    public const int LargestMessage = 9000;

    private const int Header = 12;
    private const int MostRecords = 512;
    private const int MostAttributes = 64;
    private const int LongestName = 255;
    private const int LongestLabel = 63;
    private const int ClassMask = 0x7FFF;
    private const int Internet = 1;

    // A response, of the only kind of query there is, without a fault.
    private const int Response = 0x8000;
    private const int KindAndFault = 0x780F;

    private readonly ReadOnlySpan<byte> _message;
    private int _at;

    private DnsReader(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Reads the records of a response that discovery needs, of all sections; none for a query.</summary>
    /// <exception cref="MdnsFormatException">It is no DNS message.</exception>
    public static List<DnsRecord> Read(ReadOnlySpan<byte> message)
    {
        if (message.Length is < Header or > LargestMessage)
            throw new MdnsFormatException($"A message has {Header} to {LargestMessage} bytes, not {message.Length}.");
        var reader = new DnsReader(message);
        var records = new List<DnsRecord>();
        reader._at = 2;
        var flags = reader.U16();
        if ((flags & Response) == 0 || (flags & KindAndFault) != 0)
            return records;
        var questions = reader.U16();
        var count = reader.U16() + reader.U16() + reader.U16();
        if (questions + count > MostRecords)
            throw new MdnsFormatException($"A message has {MostRecords} records at most.");
        for (; questions > 0; questions--)
        {
            reader.Name();
            reader.Take(4);
        }

        for (; count > 0; count--)
        {
            if (reader.Record() is { } record)
                records.Add(record);
        }

        return records;
    }

    private DnsRecord? Record()
    {
        var name = Name();
        var type = (DnsType)U16();
        var @class = U16() & ClassMask;
        Take(4);
        var length = U16();
        var end = _at + length;
        if (end > _message.Length)
            throw new MdnsFormatException("A record ends behind the message.");
        var record = @class == Internet ? Data(name, type, end) : null;
        if (_at > end)
            throw new MdnsFormatException("The data of a record end behind it.");
        _at = end;
        return record;
    }

    private DnsRecord? Data(DnsName name, DnsType type, int end)
    {
        switch (type)
        {
            case DnsType.Ptr:
                return new DnsRecord.Pointer(name, Name());
            case DnsType.Srv:
                Take(4);
                var port = U16();
                return new DnsRecord.Service(name, port, Name());
            case DnsType.Txt:
                return new DnsRecord.Attributes(name, Attributes(end));
            case DnsType.A when end - _at == 4:
            case DnsType.Aaaa when end - _at == 16:
                return new DnsRecord.Address(name, new IPAddress(Take(end - _at)));
            case DnsType.A or DnsType.Aaaa:
                throw new MdnsFormatException("An address has the wrong length.");
            default:
                return null;
        }
    }

    private ImmutableDictionary<string, string> Attributes(int end)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (_at < end)
        {
            var text = Encoding.UTF8.GetString(Take(Take(1)[0]));
            if (_at > end)
                throw new MdnsFormatException("An attribute ends behind its record.");
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var key = (equals < 0 ? text : text[..equals]).ToLowerInvariant();
            if (key.Length > 0 && values.Count < MostAttributes)
                values.TryAdd(key, equals < 0 ? "" : text[(equals + 1)..]);
        }

        return values.ToImmutable();
    }

    // Each pointer must lead before all that was read of this name, so there is no way in a circle.
    private DnsName Name()
    {
        var labels = ImmutableArray.CreateBuilder<string>();
        var (at, after, before, total) = (_at, -1, _at, 0);
        while (true)
        {
            var length = ByteAt(at);
            if (length == 0)
                break;
            switch (length & 0xC0)
            {
                case 0xC0:
                    var target = (length & 0x3F) << 8 | ByteAt(at + 1);
                    if (target >= before || target < Header)
                        throw new MdnsFormatException("A name points forwards.");
                    after = after < 0 ? at + 2 : after;
                    (at, before) = (target, target);
                    continue;
                case 0 when length <= LongestLabel:
                    if (at + 1 + length > _message.Length)
                        throw new MdnsFormatException("A label ends behind the message.");
                    total += 1 + length;
                    if (total > LongestName)
                        throw new MdnsFormatException($"A name is longer than {LongestName} bytes.");
                    labels.Add(Label(_message.Slice(at + 1, length)));
                    at += 1 + length;
                    continue;
                default:
                    throw new MdnsFormatException("A label of a kind that there is not.");
            }
        }

        _at = after < 0 ? at + 1 : after;
        return new DnsName(labels.ToImmutable());
    }

    // What cannot be written again as it came could not be asked for.
    private static string Label(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new MdnsFormatException("A label is no UTF-8.");

    private readonly byte ByteAt(int at) => at < _message.Length ? _message[at] : throw new MdnsFormatException("A name ends behind the message.");

    private int U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _at)
            throw new MdnsFormatException("The message is cut off.");
        var bytes = _message.Slice(_at, length);
        _at += length;
        return bytes;
    }
}
