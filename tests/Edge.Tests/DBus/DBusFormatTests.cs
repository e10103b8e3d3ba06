using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Tests.DBus;

public sealed class DBusFormatTests
{
    private static readonly object[] Values =
    [
        (byte)7, true, (short)-2, (ushort)3, -4, 5u, -6L, 7ul, 8.5, "nine °", new DBusPath("/org/bluez"), new DBusSignature("a{sv}"),
        new DBusVariant(new DBusSignature("(is)"), new object[] { 1, "two" }), new byte[] { 1, 2, 3 }, new object[] { "a", "b" },
        new Dictionary<object, object> { ["k"] = new DBusVariant(new DBusSignature("u"), 1u) }, new object[] { new object[] { (byte)1, 2L } },
    ];

    private static readonly DBusSignature All = new("ybnqiuxtdsogvayasa{sv}a(yx)");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Message_OfEveryType_ComesBackInEitherByteOrder(bool bigEndian)
    {
        var message = Call(bigEndian).With(All.Text, Values);

        var read = DBusMessageFormat.Read(DBusMessageFormat.Write(message));

        Assert.Equal((message.Type, message.Serial, message.Path, message.Interface, message.Member, message.Destination),
            (read.Type, read.Serial, read.Path, read.Interface, read.Member, read.Destination));
        Assert.Equivalent(Values, read.ReadBody(All.Text), strict: true);
    }

    [Fact]
    public void Message_AsTheSpecificationLaysItOut_IsRead()
    {
        // Little endian signal, serial 1: path "/", interface "a.b", member "C", body u 42.
        var bytes = Convert.FromHexString(
            "6C040101" + "04000000" + "01000000" + "37000000"
            + "01016F00" + "01000000" + "2F00" + "000000000000"
            + "02017300" + "03000000" + "612E6200" + "00000000"
            + "03017300" + "01000000" + "4300" + "000000000000"
            + "08016700" + "017500" + "00"
            + "2A000000");

        var read = DBusMessageFormat.Read(bytes);

        Assert.Equal((DBusMessageType.Signal, "/", "a.b", "C"), (read.Type, read.Path, read.Interface, read.Member));
        Assert.Equal([42u], read.ReadBody("u"));
    }

    [Theory]
    [InlineData("h")]
    [InlineData("a")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("{sv}")]
    [InlineData("a{vs}")]
    [InlineData("a{s}")]
    [InlineData("z")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaay")]
    [InlineData("(((((((((((((((((((((((((((((((((y)))))))))))))))))))))))))))))))))")]
    public void Signature_ThatIsNone_IsRefused(string text) => Assert.Throws<DBusProtocolException>(() => DBusSignature.Parse(text));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/org/bluez/hci0/dev_AA", true)]
    [InlineData("", false)]
    [InlineData("org", false)]
    [InlineData("/org/", false)]
    [InlineData("//org", false)]
    [InlineData("/a-b", false)]
    public void Path_IsChecked(string text, bool valid) => Assert.Equal(valid, DBusPath.IsValid(text));

    [Fact]
    public void Length_BeyondTheLimit_IsRefusedBeforeAnythingIsAllocated()
    {
        var start = DBusMessageFormat.Write(Call(false))[..DBusMessageFormat.FixedLength];
        start[7] = 0x7F;

        Assert.Throws<DBusProtocolException>(() => DBusMessageFormat.LengthOf(start));
    }

    [Fact]
    public void Array_LongerThanItsMessage_IsRefusedBeforeAnythingIsAllocated()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DBusProtocolException>(() => new DBusReader([0, 0, 0, 3, 1, 2, 3, 4], bigEndian: false).Read(new DBusSignature("ay")));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Body_OfOtherTypesThanExpected_IsRefused() =>
        Assert.Throws<DBusProtocolException>(() => Call(false).With("u", 1u).ReadBody("s"));

    [Fact]
    public void Write_ValuesOfOtherTypes_IsATypedError() => Assert.Throws<DBusProtocolException>(() => Call(false).With("u", "one"));

    [Fact]
    public void Read_RandomAndMutatedMessages_GivesMessagesOrTypedErrorsOnly()
    {
        var random = new Random(20_26);
        var good = new[] { DBusMessageFormat.Write(Call(false).With(All.Text, Values)), DBusMessageFormat.Write(Call(true).With(All.Text, Values)) };
        var (read, refused) = (0, 0);
        for (var round = 0; round < 60_000; round++)
        {
            var bytes = round % 10 == 0 ? RandomBytes(random) : Mutated(good[round % 2], random);
            try
            {
                var message = DBusMessageFormat.Read(bytes);
                message.ReadBody(message.Signature.Text);
                read++;
            }
            catch (DBusProtocolException)
            {
                refused++;
            }
        }

        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused: the mutations miss their aim");
    }

    private static DBusMessage Call(bool bigEndian) => new()
    {
        Type = DBusMessageType.Call,
        Serial = 9,
        BigEndian = bigEndian,
        Path = "/org/bluez",
        Interface = "org.bluez.Device1",
        Member = "Connect",
        Destination = "org.bluez",
    };

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(0, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => 0xFF };
        }

        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
