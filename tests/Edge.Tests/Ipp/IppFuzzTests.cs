using System.Collections.Immutable;
using Dwapi.Edge.Ipp;

namespace Dwapi.Edge.Tests.Ipp;

/// <summary>Properties of the codec over random messages and random bytes; the seeds are fixed, so that a failure comes again.</summary>
public sealed class IppFuzzTests
{
    private const int Rounds = 250;
    private const int Mutants = 12;

    private static readonly IppTag[] Texts =
    [
        IppTag.TextWithoutLanguage, IppTag.NameWithoutLanguage, IppTag.Keyword, IppTag.Uri, IppTag.UriScheme, IppTag.Charset, IppTag.NaturalLanguage,
        IppTag.MimeMediaType,
    ];

    private static readonly IppTag[] OutOfBand =
        [IppTag.Unsupported, IppTag.Unknown, IppTag.NoValue, IppTag.NotSettable, IppTag.DeleteAttribute, IppTag.AdminDefine];

    private static readonly IppTag[] Groups =
        [IppTag.OperationAttributes, IppTag.JobAttributes, IppTag.PrinterAttributes, IppTag.UnsupportedAttributes, IppTag.DocumentAttributes, (IppTag)0x0F];

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSameMessage()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var message = Message(new Random(seed));
            var bytes = IppEncoder.Encode(message).ToArray();

            Assert.True(message.Equals(IppDecoder.Decode(bytes, out var length)), $"seed {seed}");
            Assert.Equal(bytes.Length, length);
        }
    }

    [Fact]
    public void Decode_OfMutatedMessages_TakesThemOrRefusesThem()
    {
        var taken = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = IppEncoder.Encode(Message(random)).ToArray();
            for (var round = 0; round < Mutants; round++)
            {
                var mutant = Mutate(bytes, random);
                if (Survives(mutant) is not { } message)
                    continue;
                taken++;

                // What is taken can be written, and then reads the same.
                Assert.True(message.Equals(IppDecoder.Decode(IppEncoder.Encode(message).Span)), $"seed {seed}, round {round}");
            }
        }

        Assert.InRange(taken, 100, (Rounds * Mutants) - 100);
    }

    [Fact]
    public void Decode_OfRandomBytes_OnlyEverRefuses()
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds * 10; round++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            Survives(bytes);

            // The same behind a good head, where more of the decoder is reached.
            Survives([2, 0, 0, 0, 0, 0, 0, 1, 2, .. bytes]);
        }
    }

    private static IppMessage? Survives(byte[] bytes)
    {
        try
        {
            return IppDecoder.Decode(bytes);
        }
        catch (IppException)
        {
            return null;
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutant = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
        for (var times = random.Next(1, 4); times > 0 && mutant.Length > 0; times--)
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
        return mutant;
    }

    private static IppMessage Message(Random random)
    {
        var groups = Enumerable.Range(0, random.Next(5)).Select(_ => new IppGroup(Groups[random.Next(Groups.Length)], Attributes(random, 0)));
        var message = new IppMessage((ushort)random.Next(0x10000), random.Next(), [.. groups]);
        return message with { Version = (ushort)random.Next(0x10000) };
    }

    private static IppAttributes Attributes(Random random, int depth) => new([.. Enumerable.Range(0, random.Next(6)).Select(
        number => new IppAttribute($"a-{number}", [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(random, depth))]))]);

    private static IppValue Value(Random random, int depth) => random.Next(10) switch
    {
        0 => new IppInteger(random.Next(2) == 0 ? IppTag.Integer : IppTag.Enum, random.Next(int.MinValue, int.MaxValue)),
        1 => new IppBoolean(random.Next(2) == 0),
        2 => new IppOctets(random.Next(2) == 0 ? IppTag.OctetString : (IppTag)random.Next(0x4B, 0x100), Octets(random)),
        3 => new IppDateTime((ushort)random.Next(0x10000), Byte(random), Byte(random), Byte(random), Byte(random), Byte(random), Byte(random), random.Next(2) == 0, Byte(random), Byte(random)),
        4 => new IppResolution(random.Next(), random.Next(), Byte(random)),
        5 => new IppRange(random.Next(int.MinValue, 0), random.Next()),
        6 => new IppLocalizedText(random.Next(2) == 0 ? IppTag.TextWithLanguage : IppTag.NameWithLanguage, "en-gb", Words(random)),
        7 => new IppOutOfBand(OutOfBand[random.Next(OutOfBand.Length)]),
        8 when depth < 3 => new IppCollection(Attributes(random, depth + 1)),
        _ => new IppText(Texts[random.Next(Texts.Length)], Words(random)),
    };

    private static string Words(Random random) => new([.. Enumerable.Range(0, random.Next(40)).Select(_ => "abc-äß€ 0"[random.Next(9)])]);

    private static ImmutableArray<byte> Octets(Random random)
    {
        var bytes = new byte[random.Next(30)];
        random.NextBytes(bytes);
        return [.. bytes];
    }

    private static byte Byte(Random random) => (byte)random.Next(256);
}
