using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>Makes hostile bytes out of good ones: cut, flipped, doubled, nested, wrongly typed, wrongly encoded, or nothing of the kind.</summary>
internal static class Hostile
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e999", "99999999999999999999", "\"\"", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"", "0.1", "\"" + new string('x', 3000) + "\"",
        new string('[', 40) + new string(']', 40),
    ];

    /// <summary>Variants of the seeds.</summary>
    public static Arbitrary<byte[]> Of(params string[] seeds)
    {
        var seed = Gen.Elements(seeds).Select(Encoding.UTF8.GetBytes);
        var place = Gen.Choose(0, 1_000_000);
        var bytes = ArbMap.Default.GeneratorFor<byte[]>();
        return Gen.OneOf(
            seed.Zip(place).Select(p => p.Item1[..(p.Item2 % (p.Item1.Length + 1))]),
            seed.Zip(place).Select(p => Flip(p.Item1, p.Item2)),
            seed.Zip(Gen.Elements(Values)).Zip(place).Select(p => Retype(p.Item1.Item1, p.Item1.Item2, p.Item2)),
            seed.Zip(bytes).Zip(place).Select(p => Insert(p.Item1.Item1, p.Item1.Item2, p.Item2)),
            seed.Select(s => (byte[])[.. s, .. s]),
            seed.Select(s => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(s))),
            bytes).ToArbitrary();
    }

    private static byte[] Flip(byte[] seed, int place)
    {
        var flipped = seed.ToArray();
        flipped[place % seed.Length] ^= (byte)(1 + (place % 255));
        return flipped;
    }

    private static byte[] Insert(byte[] seed, byte[] more, int place)
    {
        var at = place % (seed.Length + 1);
        return [.. seed.AsSpan(0, at), .. more, .. seed.AsSpan(at)];
    }

    /// <summary>Puts another value behind one of the colons.</summary>
    private static byte[] Retype(byte[] seed, string value, int place)
    {
        var text = Encoding.UTF8.GetString(seed);
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToList();
        if (colons.Count == 0)
        {
            return Encoding.UTF8.GetBytes(value);
        }

        var at = colons[place % colons.Count] + 1;
        var end = text.IndexOfAny([',', '}', ']'], at);
        return Encoding.UTF8.GetBytes(text[..at] + value + (end < 0 ? "" : text[end..]));
    }
}
