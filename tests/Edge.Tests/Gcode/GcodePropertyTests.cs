using System.Globalization;
using System.Text;
using Dwapi.Edge.Gcode;

namespace Dwapi.Edge.Tests.Gcode;

/// <summary>What holds for every file: how it is cut, written and damaged makes no difference to what may reach a printer.</summary>
public sealed class GcodePropertyTests
{
    private const int Rounds = 1000;

    private static readonly GcodeLimits Limits = new() { SizeX = 220, SizeY = 200, SizeZ = 250, HottestNozzle = 300, HottestBed = 120 };

    /// <summary>A printer in a few lines: where it is told to be, in millimetres from the corner of the bed.</summary>
    [Fact]
    public void Moves_AreRefusedExactlyWhenAPlainModelLeavesTheBed()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder("G90\nG21\nG1 X100 Y100 Z100\n");
            var (at, origin, relative, unit, inside) = (new double[] { 100, 100, 100 }, new double[3], false, 1.0, true);
            for (var i = random.Next(1, 30); i > 0 && inside; i--)
            {
                switch (random.Next(10))
                {
                    case 0:
                        relative = !relative;
                        text.Append(relative ? "G91\n" : "G90\n");
                        break;
                    case 1:
                        unit = unit == 1 ? 25.4 : 1;
                        text.Append(unit == 1 ? "G21\n" : "G20\n");
                        break;
                    case 2:
                        var (called, name) = (random.Next(3), random.Next(-50, 50));
                        text.Append(Written(random, "G92", [("XYZ"[called], name)]));
                        origin[called] = at[called] - name * unit;
                        break;
                    default:
                        var axis = random.Next(3);
                        var value = Math.Round(random.NextDouble() * 260 / unit - (relative ? 130 / unit : 20), 3);
                        text.Append(Written(random, random.Next(2) == 0 ? "G0" : "G1", [("XYZ"[axis], value), ('E', 1)]));
                        at[axis] = relative ? at[axis] + value * unit : origin[axis] + value * unit;
                        double[] size = [220, 200, 250];
                        inside = at[axis] >= -size[axis] / 2 && at[axis] <= size[axis];
                        break;
                }
            }

            Assert.Equal(inside ? null : GcodeFault.Beyond, Look(text.ToString()).Fault);
        }
    }

    /// <summary>An arc is refused exactly when a path of many short moves along it is.</summary>
    [Fact]
    public void Arcs_AreRefusedExactlyWhenTheirShortMovesAre()
    {
        const int Steps = 300;
        for (var seed = 0; seed < Rounds / 2; seed++)
        {
            var random = new Random(seed);
            var (radius, from, sweep) = (5 + random.NextDouble() * 60, random.NextDouble() * Math.Tau, 0.1 + random.NextDouble() * 6);
            var (cx, cy) = (radius + random.NextDouble() * 200, radius + random.NextDouble() * 180);
            var clockwise = random.Next(2) == 0;
            (double X, double Y) Point(double part)
            {
                var (sin, cos) = Math.SinCos(from + (clockwise ? -1 : 1) * sweep * part);
                return (cx + radius * cos, cy + radius * sin);
            }

            var (start, end) = (Point(0), Point(1));
            var path = string.Concat(Enumerable.Range(0, Steps + 1).Select(i => Point((double)i / Steps)).Select(point => Line($"G1 X{point.X:0.######} Y{point.Y:0.######}")));
            var highest = Enumerable.Range(0, Steps + 1).Select(i => Point((double)i / Steps)).Max(point => Math.Max(point.X - 220, point.Y - 200));
            if (Math.Abs(highest) < 0.01)
                continue;
            var first = Line($"G1 X{start.X:0.######} Y{start.Y:0.######}");
            var arc = Line($"{(clockwise ? "G2" : "G3")} X{end.X:0.######} Y{end.Y:0.######} I{cx - start.X:0.######} J{cy - start.Y:0.######}");
            var byRadius = Line($"{(clockwise ? "G2" : "G3")} X{end.X:0.######} Y{end.Y:0.######} R{(sweep > Math.PI ? -radius : radius):0.######}");

            var expected = Look(path).Fault;
            Assert.True(expected == Look(first + arc).Fault, $"seed {seed}: {first}{arc}");
            if (Math.Abs(sweep - Math.PI) > 0.1 && sweep < 6)
                Assert.True(expected == Look(first + byRadius).Fault, $"seed {seed}: {first}{byRadius}");
        }
    }

    [Fact]
    public void Pieces_MakeNoDifference()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = Damaged(random);
            var whole = new GcodeInspection(Limits);
            whole.Feed(bytes);
            var cut = new GcodeInspection(Limits);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 40), bytes.Length - at);
                cut.Feed(bytes.AsSpan(at, length));
                at += length;
            }

            var (expected, found) = (whole.Finish(), cut.Finish());
            Assert.Equal((expected.Fault, expected.Detail, expected.Lines, expected.Moves), (found.Fault, found.Detail, found.Lines, found.Moves));
            Assert.Equal(expected.Unseen, found.Unseen);
        }
    }

    [Fact]
    public void Bytes_OfAnyKind_GiveFindingsAndNothingElse()
    {
        const string alphabet = "GMTXYZNIJRSE0123456789.-+ \t\n;()*\"{}=_/%gmxyzs";
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                for (var j = 0; j < bytes.Length; j++)
                    bytes[j] = (byte)alphabet[bytes[j] % alphabet.Length];
            }

            var inspection = new GcodeInspection(Limits);
            inspection.Feed(bytes);
            Assert.NotNull(inspection.Finish());
        }
    }

    private static byte[] Damaged(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 20); i > 0; i--)
        {
            text.Append(random.Next(6) switch
            {
                0 => "; a comment (with one\r\n",
                1 => "START_PRINT A=1\n",
                2 => "SET_HEATER_TEMPERATURE HEATER=extruder TARGET=200\r",
                3 => "G2 X20 Y20 I5 J5\n",
                _ => Written(random, "G1", [('X', random.Next(200)), ('Y', random.Next(180))]),
            });
        }

        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        for (var i = random.Next(3); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>The same command in one of the ways in which it can be written.</summary>
    private static string Written(Random random, string command, IEnumerable<(char Letter, double Value)> words)
    {
        var blank = random.Next(3) switch { 0 => "", 1 => " ", _ => "\t" };
        var text = command + string.Concat(words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{blank}{word.Letter}{word.Value:0.###}")));
        if (random.Next(3) == 0)
            text = text.ToLowerInvariant();
        if (random.Next(3) == 0)
            text = $"N{random.Next(1000)}{blank}{text}*{random.Next(256)}";
        return text + random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => " ; X999\n" };
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";

    private static GcodeFindings Look(string gcode)
    {
        var inspection = new GcodeInspection(Limits);
        inspection.Feed(Encoding.ASCII.GetBytes(gcode));
        return inspection.Finish();
    }
}
