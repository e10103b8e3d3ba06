using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Slicing;

/// <summary>The slicer as a process, with a script in its place.</summary>
public sealed class SlicerTests : IDisposable
{
    public static bool HasLimits => SlicerProgram.Find("prlimit") is not null;

    private const string NoLimits = "there is no prlimit (util-linux)";

    private readonly TemporaryFolder _folder = new();

    private string Processes => _folder["processes"];

    [Fact]
    public async Task Slicer_ThatHangs_IsEndedAfterItsTime_WithItsChildren()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource();
        var slicing = SliceAsync(StandIn.Hangs(Processes), time: time, progress: _ => begun.TrySetResult());
        await begun.Task.WaitAsync(Patience.Limit);

        time.Advance(TimeSpan.FromSeconds(901));

        Failed(await Failure(slicing), PrintErrorCode.SliceFailed, "not done after 900 s");
        AllGone();
    }

    [Fact]
    public async Task Cancel_EndsTheWholeTreeOfProcesses_AndLeavesNoFile()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var slicing = SliceAsync(StandIn.Hangs(Processes), progress: _ => begun.TrySetResult(), cancellationToken: stop.Token);
        await begun.Task.WaitAsync(Patience.Limit);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slicing);
        AllGone();
        Assert.False(Directory.Exists(_folder["work"]));
    }

    [Fact(Skip = NoLimits, SkipUnless = nameof(HasLimits))]
    public async Task Output_ThatIsTooLarge_IsCutOff()
    {
        var end = await Failure(SliceAsync("exec head -c 3000000 /dev/zero > out.gcode", new SlicerOptions { OutputMegabytes = 1 }));

        Failed(end, PrintErrorCode.SliceFailed, "larger than 1 MB");
    }

    [Fact]
    public async Task Slicer_ThatTalksWithoutEnd_IsHeardAndCutShort()
    {
        var end = await Failure(SliceAsync("head -c 5000000 /dev/zero | tr '\\0' x; head -c 5000000 /dev/zero | tr '\\0' y >&2; exit 3"));

        Failed(end, PrintErrorCode.SliceFailed, "ended with 3: yyy");
        Assert.InRange(end.Message.Length, 400, 500);
    }

    [Fact]
    public async Task Slicer_GetsNothingOfTheEdgesEnvironment_AndAFolderWithNothingButItsOwn()
    {
        Environment.SetEnvironmentVariable("DWAPI_STANDIN", "secret");

        var end = await Failure(SliceAsync("echo $(env | grep -c DWAPI) $(ls) $HOME >&2; exit 1"));

        Assert.Contains($"0 first.ini last.ini model.stl {_folder["work"]}", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_WithoutItsTrailer_IsNotTaken()
    {
        Failed(await Failure(SliceAsync("echo G28 > out.gcode")), PrintErrorCode.SliceFailed, "not whole");
        Failed(await Failure(SliceAsync("exit 0")), PrintErrorCode.SliceFailed, "not whole");
        Assert.False(File.Exists(_folder["sliced"]));
    }

    [Fact]
    public async Task Progress_NeverGoesBack()
    {
        var parts = new List<SliceProgress>();

        await SliceAsync("printf '10 => a\\n70 => b\\n30 => c\\n'\n" + StandIn.Slices, progress: parts.Add);

        Assert.Equal([0.1, 0.7, 0.7, 0.9], parts.Select(part => part.Part));
        Assert.Equal("Exporting G-code", parts[^1].Text);
        Assert.EndsWith("prusaslicer_config = end\n", await File.ReadAllTextAsync(_folder["sliced"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "No such file: x.ini", PrintErrorCode.SliceFailed, "refuses: No such file: x.ini")]
    [InlineData(1, "model.stl: Loading of a model file failed.", PrintErrorCode.ModelUnprintable, "export it once more")]
    [InlineData(1, "The print is empty. The model is not printable with current print settings.", PrintErrorCode.ModelUnprintable, "too small or too flat")]
    [InlineData(134, "  what():  Objects could not fit on the bed", PrintErrorCode.ModelUnprintable, "does not fit the bed of 220 x 200 mm")]
    [InlineData(134, "  what():  std::bad_alloc", PrintErrorCode.SliceFailed, "slicer.memoryMegabytes")]
    [InlineData(134, "  what():  Something", PrintErrorCode.SliceFailed, "broke off: Something")]
    [InlineData(137, "", PrintErrorCode.SliceFailed, "out of memory")]
    [InlineData(139, "", PrintErrorCode.SliceFailed, "repair it")]
    [InlineData(152, "", PrintErrorCode.SliceFailed, "slicer.seconds")]
    [InlineData(153, "", PrintErrorCode.SliceFailed, "slicer.outputMegabytes")]
    [InlineData(77, "odd", PrintErrorCode.SliceFailed, "ended with 77: odd")]
    public void ExitCode_IsSaidInWordsThatHelp(int exitCode, string words, PrintErrorCode expected, string text) => Failed(
        SlicerEnd.Of(exitCode, words.Length > 0 ? ["first", words] : [], new SlicerOptions(), new PrinterAttributes { PrintSizeX = 220, PrintSizeY = 200 }), expected, text);

    [Fact]
    public void Obstacles_AreNamedBeforeAnythingRuns()
    {
        Directory.CreateDirectory(_folder["profiles"]);
        File.WriteAllText(Path.Combine(_folder["profiles"], "fine.ini"), "layer_height = 0.1\n");
        var slicer = new Slicer(new SlicerOptions { Program = StandIn.Write(_folder["slicer"], "exit 0"), Profiles = _folder["profiles"] }, TimeProvider.System);
        var none = new Slicer(new SlicerOptions { Program = _folder["nothing"] }, TimeProvider.System);
        var off = new Slicer(new SlicerOptions { Enabled = false }, TimeProvider.System);

        Assert.Null(slicer.Obstacle("p", ""));
        Assert.Null(slicer.Obstacle("p", "fine"));
        Assert.Contains("put coarse.ini into", slicer.Obstacle("p", "coarse")!.Message, StringComparison.Ordinal);
        Assert.Contains("is named by", slicer.Obstacle("p", "../profiles/fine")!.Message, StringComparison.Ordinal);
        Assert.Contains("install prusa-slicer", none.Obstacle("p", "")!.Message, StringComparison.Ordinal);
        Assert.Equal((true, false, false), (slicer.IsThere, none.IsThere, off.IsThere));
    }

    [Theory]
    [InlineData("fine", true)]
    [InlineData("0.2mm_PLA-v1.2", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("../x", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\n", false)]
    [InlineData("a b", false)]
    [InlineData("C:x", false)]
    public void ProfileName_IsNoPath(string name, bool expected) => Assert.Equal(expected, SlicerProfiles.IsName(name));

    [Fact]
    public void Capabilities_SayWhichFilesAreTaken()
    {
        var slicer = new Slicer(new SlicerOptions { Program = StandIn.Write(_folder["slicer"], "exit 0") }, TimeProvider.System);
        var off = new Slicer(new SlicerOptions { Enabled = false }, TimeProvider.System);
        var gcode = new PrinterAttributes { FileTypes = ["text/x.gcode"] };
        var (uploads, pulls) = (new PrinterCapabilities(false, true, true, false), new PrinterCapabilities(true, true, true, false));

        Assert.Equal(["text/x.gcode", "model/stl", "model/3mf", "model/obj"], slicer.Widen(gcode, uploads).FileTypes);
        Assert.Equal(["text/x.gcode"], off.Widen(gcode, uploads).FileTypes);
        Assert.Equal(["text/x.gcode"], slicer.Widen(gcode, pulls).FileTypes);
        Assert.Equal((true, false, false), (slicer.Widen(uploads).Slices, off.Widen(uploads).Slices, slicer.Widen(pulls).Slices));
    }

    public void Dispose() => _folder.Dispose();

    private static void Failed(SliceException end, PrintErrorCode code, string text)
    {
        Assert.Equal(code, end.Code);
        Assert.Contains(text, end.Message, StringComparison.Ordinal);
    }

    private static Task<SliceException> Failure(Task slicing) => Assert.ThrowsAsync<SliceException>(() => slicing.WaitAsync(Patience.Limit));

    private void AllGone()
    {
        var processes = File.ReadAllText(Processes).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, processes.Length);
        Assert.True(SpinWait.SpinUntil(() => !processes.Any(StandIn.Runs), Patience.Limit));
    }

    private async Task SliceAsync(
        string script, SlicerOptions? options = null, TimeProvider? time = null, Action<SliceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new SlicerOptions();
        options.Program = StandIn.Write(_folder["slicer"], script);
        await File.WriteAllBytesAsync(_folder["model"], Models.TextStl(20, 20, 20), CancellationToken.None);
        var order = new SliceOrder(_folder["model"], _folder["work"], _folder["sliced"], "p", new PrinterAttributes(), "");
        await new Slicer(options, time ?? TimeProvider.System).SliceAsync(order, progress ?? (_ => { }), cancellationToken);
    }
}
