using System.Globalization;
using System.Text;
using Dwapi.Edge.Gcode;

namespace Dwapi.Edge.Tests.Gcode;

/// <summary>The look at G-code: what it lets through, and what it does not, however it is written.</summary>
public sealed class GcodeInspectionTests
{
    private static readonly GcodeLimits Limits = new() { SizeX = 220, SizeY = 220, SizeZ = 250, HottestNozzle = 300, HottestBed = 120 };

    [Theory]
    [InlineData("G1X10Y200")]
    [InlineData("g1 x10 y20 e1.5 f1200")]
    [InlineData("N10 G1 X10*73\nN11G1X20*12")]
    [InlineData("G1 X10 ; to X500")]
    [InlineData("(to X500 in one go)\nG1 X10")]
    [InlineData(";G1 X500\nG1 X10")]
    [InlineData("G28\nG1 X200\nG91\nG1 X10\nG1 X-20\nG90\nG1 X220")]
    [InlineData("M83\nG1 X10 E5\nG1 X220 E500")]
    [InlineData("G1 X110 Y110\nG2 X110 Y110 I50 J0")]
    [InlineData("G1 X10 Y10\nG3 X20 Y10 R5")]
    [InlineData("G20\nG1 X8.66\nG21\nG1 X220")]
    [InlineData("G1 X200\nG92 X0\nG1 X20\nG1 X-200")]
    [InlineData("G92 E0\nG1 E500")]
    [InlineData("G1 X-3 Y-4 E10")]
    [InlineData("M104 S300\nM140 S120\nG1 X1")]
    [InlineData("M117 M104 S999 G1 X999\nG1 X1")]
    [InlineData("M486 AG1 X500\nG1 X1")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TARGET=300\nTEMPERATURE_WAIT SENSOR=heater_bed MINIMUM=118 MAXIMUM=120\nG1 X1")]
    [InlineData("SAVE_GCODE_STATE NAME=a\nG91\nG1 Z5\nRESTORE_GCODE_STATE NAME=a\nG1 X200\nG1 X210")]
    [InlineData("T0\nG1 X1\nT1")]
    [InlineData("\uFEFFG1 X1")]
    [InlineData("G1 X1\r\n\r\nG1 X2\r\n%\n\u001A")]
    [InlineData("M568 P0 S200 R150\nG10 P0 S200\nG1 X1")]
    [InlineData("G28\nG91\nG1 Z-100\nG90\nG1 Z1")]
    [InlineData("M117 Gr\u00F6\u00DFe\nG1 X1")]
    public void Good_IsLetThrough_AndSeenWhole(string gcode)
    {
        var found = Look(gcode);

        Assert.Null(found.Fault);
        Assert.Empty(found.Unseen);
        Assert.True(found.Moves > 0);
    }

    [Theory]
    [InlineData("G1X10Y300", "line 1 moves Y to 300")]
    [InlineData("G1 X10\ng1x221", "line 2 moves X to 221")]
    [InlineData("N10 G1 X500*73", "moves X")]
    [InlineData("N10G1X500*73", "moves X")]
    [InlineData("G01 X500", "moves X")]
    [InlineData("G000000000001 X500", "moves X")]
    [InlineData("G 1 X 500", "moves X")]
    [InlineData("\tG1\tX500", "moves X")]
    [InlineData("/G1 X500", "moves X")]
    [InlineData("G0 Z251", "moves Z")]
    [InlineData("G1 X-111", "moves X")]
    [InlineData("G1 X+500.", "moves X")]
    [InlineData("G1 X99999999999999999999999999999999999999999999999999", "moves X")]
    [InlineData("G1 X200\nG91\nG1 X21", "line 3 moves X to 221")]
    [InlineData("G91\nG1 X200\nG1 X21", "farther than the whole 220 mm")]
    [InlineData("G28\nG91\nG1 X-221", "farther than the whole")]
    [InlineData("G92 X0\nG1 X230", "farther than the whole")]
    [InlineData("G1 X200\nG92 X0\nG1 X21", "moves X to 221")]
    [InlineData("G20\nG1 X9", "moves X to 228.6")]
    [InlineData("G1 X10 Y110\nG2 X10 Y110 I0 J111", "beyond")]
    [InlineData("G1 X1 Y110\nG2 X1 Y112 I-120 J1", "moves X")]
    [InlineData("G1 X210 Y100\nG3 X210 Y120 I0 J10", null)]
    [InlineData("G1 X215 Y100\nG3 X215 Y120 I0 J10", "moves X to 225")]
    [InlineData("G1 X215 Y100\nG3 X215 Y120 R10", "moves X to 225")]
    [InlineData("G1 X215 Y100\nG2 X215 Y120 R10", null)]
    [InlineData("G1 X200 Y100\nG3 X200 Y101 R-15", "moves X")]
    [InlineData("G18\nG1 X100 Z240\nG2 X120 Z240 I10 K0", null)]
    [InlineData("G18\nG1 X100 Z245\nG3 X120 Z245 I10 K0", "moves Z to 255")]
    [InlineData("G18\nG1 X120 Z245\nG3 X100 Z245 I-10 K0", "moves Z to 255")]
    [InlineData("G1 X1\nX500", "line 2 moves X")]
    [InlineData("G1 X10 (Y500)", "moves Y")]
    [InlineData("(a;b) G1 X500", "moves X")]
    [InlineData("(a) G1 X500", "moves X")]
    [InlineData(";c\rG1 X500", "line 2 moves X")]
    [InlineData("SET_GCODE_OFFSET X=50\nG1 X200", "moves X to 250")]
    [InlineData("set_gcode_offset x_adjust=50\nG1 X200", "moves X to 250")]
    [InlineData("SAVE_GCODE_STATE\nG91\nRESTORE_GCODE_STATE\nG1 X200\nG1 X221", "moves X")]
    [InlineData("M600 X500\nG1 X1", "moves X to 500")]
    public void Moves_BeyondThePrinter_AreRefused(string gcode, string? text) => Check(gcode, GcodeFault.Beyond, text);

    [Theory]
    [InlineData("M104 S301", "line 1 wants 301 deg C of the nozzle, and 300 is the limit")]
    [InlineData("m104s900", "wants 900")]
    [InlineData("N1M104S900*5", "wants 900")]
    [InlineData("M104 T1 S900", "wants 900")]
    [InlineData("M109 R900", "wants 900")]
    [InlineData("M140 S121", "of the bed")]
    [InlineData("M190 R150", "of the bed")]
    [InlineData("M141 S200", "of the bed or chamber")]
    [InlineData("M303 E0 S500 C8", "wants 500")]
    [InlineData("M303 E-1 S200 C8", "of the bed")]
    [InlineData("G10 P0 S500", "wants 500")]
    [InlineData("M568 P0 R500", "wants 500")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TARGET=301", "wants 301")]
    [InlineData("set_heater_temperature heater=heater_bed target=121", "of the bed")]
    [InlineData("SET_HEATER_TEMPERATURE TARGET=200 HEATER=extruder TARGET=400", "wants 400")]
    [InlineData("TEMPERATURE_WAIT SENSOR=extruder MINIMUM=500", "wants 500")]
    public void Heat_AboveTheLimit_IsRefused(string gcode, string text) => Check(gcode + "\nG1 X1", GcodeFault.TooHot, text);

    [Theory]
    [InlineData("G1 X10 M104 S900")]
    [InlineData("G1 X0 X500")]
    [InlineData("G1 X0x1F4")]
    [InlineData("G90.1")]
    [InlineData("G65537 X500")]
    [InlineData("M65640 S900")]
    [InlineData("M104 \u0665S200")]
    [InlineData("M104 \u017F500")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TAR\"GET\"=900")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TARGET=9e2")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TARGET=9_00")]
    [InlineData("SET_HEATER_TEMPERATURE HEATER=extruder TARGET={900}")]
    public void Code_ThatFirmwaresReadDifferently_IsRefused(string gcode) => Check(gcode + "\nG1 X1", GcodeFault.Ambiguous, "line 1");

    [Theory]
    [InlineData("")]
    [InlineData("just words\n")]
    [InlineData("; nothing but a comment")]
    [InlineData("G28\nM104 S200\nM109 S200\n")]
    [InlineData("PRINT_IT FILE=x")]
    [InlineData("G1 X1\n\u0001\u0002\u0003")]
    [InlineData("G1 X1 \u007F")]
    [InlineData("; comment \0\nG1 X1")]
    public void Rubbish_IsNoGcode(string gcode) => Check(gcode, GcodeFault.NotGcode, null, refused: true);

    [Fact]
    public void Commands_WhoseEffectIsThePrintersOwn_AreNamed()
    {
        var found = Look("START_PRINT BED=60\nM98 P\"macro.g\"\nM92 X800\nG54\nstart_print\nM206 X5\nM23 other.gcode\nG5 X10 Y10 I1 J1\n$H\nG1 X{random(9)} Y1\nEND_PRINT");

        Assert.Null(found.Fault);
        Assert.Equal(["$H", "END_PRINT", "G5", "G54", "M206", "M23", "M92", "M98", "START_PRINT", "{}"], found.Unseen);
    }

    [Fact]
    public void Names_OfMacros_AreFewAndShortWhateverComes()
    {
        var found = Look(string.Concat(Enumerable.Range(0, 5000).Select(i => $"MACRO_{new string('A', 200)}{i}\nM{i}\nZ_{i}\n")) + "G1 X1");

        Assert.Equal(GcodeUnseen.Most, found.Unseen.Length);
        Assert.All(found.Unseen, name => Assert.True(name.Length <= GcodeUnseen.LongestName));
    }

    [Fact]
    public void Lines_MayBeAsLongAsTheirComment_AndNoLonger()
    {
        Assert.Null(Look("G1 X1 ;" + new string('c', 1_000_000) + "\nG1 X2").Fault);
        Assert.Null(Look("EXCLUDE_OBJECT_DEFINE POLYGON=" + new string('1', 60_000) + "\nG1 X2").Fault);
        Check("G1 X1" + new string(' ', 70_000) + "\n", GcodeFault.NotGcode, "longer than");
        Check(new string('G', 1_000_000), GcodeFault.NotGcode, "longer than");
    }

    [Fact]
    public void RoundBed_IsCheckedByItsRim()
    {
        var round = Limits with { Circular = true };

        Assert.Null(Look("G1 X-110 Y0\nG1 X70 Y70", round).Fault);
        Assert.Equal(GcodeFault.Beyond, Look("G1 X100 Y100", round).Fault);
        Assert.Equal(GcodeFault.Beyond, Look("G1 X200", round).Fault);
    }

    [Fact]
    public void Printer_ThatDoesNotSayItsSize_IsNotProtectedByIt() =>
        Assert.Null(Look("G1 X5000 Y-5000 Z5000", new GcodeLimits { HottestNozzle = 300, HottestBed = 120 }).Fault);

    [Fact]
    public async Task Frame_ThatShipsWithTheContentServer_IsSeenWhole()
    {
        var found = await GcodeInspection.OfAsync(Path.Combine(AppContext.BaseDirectory, "Models", "frame.gcode"), Limits, TestContext.Current.CancellationToken);

        Assert.Null(found.Fault);
        Assert.Empty(found.Unseen);
        Assert.Equal(32, found.Moves);
    }

    /// <summary>Memory does not grow with the file. The speed is for the reader of the log.</summary>
    [Fact]
    public void File_OfAnySize_IsReadInFlatMemory()
    {
        const int Pieces = 5;
        var text = new StringBuilder("M83\nG1 X0 Y0 Z0.2 F6000\n");
        for (var i = 0; text.Length < 1 << 20; i++)
            text.Append(CultureInfo.InvariantCulture, $"G1 X{i % 2200 / 10.0:0.###} Y{i % 1900 / 9.1:0.###} E{i % 7 * 0.01337:0.#####}\n");
        var piece = Encoding.ASCII.GetBytes(text.Append("SOME_MACRO A=1\n;LAYER_CHANGE\n").ToString());
        var inspection = new GcodeInspection(Limits);
        for (var i = 0; i < Pieces; i++)
            inspection.Feed(piece);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var begun = Environment.CpuUsage.TotalTime;

        for (var i = 0; i < Pieces; i++)
            inspection.Feed(piece);

        var seconds = (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Null(inspection.Finish().Fault);
        TestContext.Current.TestOutputHelper!.WriteLine($"{(double)Pieces * piece.Length / seconds / 1e6:0} MB in a second of processor time");
    }

    private static void Check(string gcode, GcodeFault fault, string? text, bool refused = false)
    {
        var found = Look(gcode);
        Assert.Equal(text is null && !refused ? null : fault, found.Fault);
        Assert.Contains(text ?? "", found.Detail, StringComparison.Ordinal);
    }

    private static GcodeFindings Look(string gcode, GcodeLimits? limits = null)
    {
        var inspection = new GcodeInspection(limits ?? Limits);
        inspection.Feed(Encoding.UTF8.GetBytes(gcode));
        return inspection.Finish();
    }
}
