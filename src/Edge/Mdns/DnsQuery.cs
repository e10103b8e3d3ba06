using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Edge.Mdns;

/// <summary>Writes questions.</summary>
internal static class DnsQuery
{
    // Answers may come to us alone (RFC 6762 5.4).
    private const ushort InternetUnicast = 0x8001;
    private const int Header = 12;

    /// <summary>A message with the questions.</summary>
    public static byte[] Write(IReadOnlyCollection<(DnsName Name, DnsType Type)> questions)
    {
        var message = new ArrayBufferWriter<byte>(512);
        message.GetSpan(Header)[..Header].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message.GetSpan(Header)[4..], (ushort)questions.Count);
        message.Advance(Header);
        foreach (var (name, type) in questions)
        {
            foreach (var label in name.Labels)
            {
                var bytes = Encoding.UTF8.GetBytes(label);
                message.Write([(byte)bytes.Length]);
                message.Write(bytes);
            }

            var end = message.GetSpan(5);
            end[0] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(end[1..], (ushort)type);
            BinaryPrimitives.WriteUInt16BigEndian(end[3..], InternetUnicast);
            message.Advance(5);
        }

        return message.WrittenSpan.ToArray();
    }
}
