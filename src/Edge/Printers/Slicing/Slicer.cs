using System.Text;
using Dwapi.Edge.Printers.Content;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>Makes G-code of models with prusa-slicer, a process of its own for each.</summary>
internal sealed class Slicer
{
    private const string Gcode = "out.gcode";
    private const int Tail = 4096;

    private readonly SlicerOptions _options;
    private readonly SlicerProfiles _profiles;
    private readonly TimeProvider _time;
    private readonly string? _program;
    private readonly string? _limiter;

    public Slicer(SlicerOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _profiles = new SlicerProfiles(options.Profiles);
        _program = options.Enabled ? SlicerProgram.Find(options.Program ?? SlicerProgram.Default) : null;
        _limiter = OperatingSystem.IsLinux() ? SlicerProgram.Find("prlimit") : null;
    }

    /// <summary>Whether models can be sliced at all.</summary>
    public bool IsThere => _program is not null;

    /// <summary>What a printer can do with this slicer before it.</summary>
    public PrinterCapabilities Widen(PrinterCapabilities printer) => TakesPart(printer) ? printer with { Slices = true } : printer;

    /// <summary>What a printer takes with this slicer before it.</summary>
    public PrinterAttributes Widen(PrinterAttributes attributes, PrinterCapabilities printer) =>
        TakesPart(printer) && attributes.FileTypes.Contains(FileKinds.Gcode) ? attributes with { FileTypes = [.. attributes.FileTypes.Union(FileKinds.Models)] } : attributes;

    /// <summary>Why a model could not be sliced for a printer; null if nothing is in the way.</summary>
    public PrintError? Obstacle(string printerId, string profile)
    {
        if (!IsThere)
            return new PrintError(PrintErrorCode.SliceFailed, "this is a model, and the edge has no slicer: send G-code, or install prusa-slicer there and start the edge anew");
        if (profile.Length > 0 && _profiles.Find(printerId, profile) is null)
        {
            return new PrintError(PrintErrorCode.SliceFailed, SlicerProfiles.IsName(profile)
                ? $"the edge has no profile {profile} for this printer: put {profile}.ini into the folder slicer.profiles of the edge, or order without a profile"
                : "a profile is named by letters, digits, dots, dashes and underscores");
        }

        return null;
    }

    /// <summary>Slices a model.</summary>
    /// <exception cref="SliceException">There is no G-code; why and what to do.</exception>
    /// <exception cref="IOException">The disk of the edge.</exception>
    public async Task SliceAsync(SliceOrder order, Action<SliceProgress> progress, CancellationToken cancellationToken)
    {
        if (Obstacle(order.PrinterId, order.Profile) is { } obstacle)
            throw new SliceException(obstacle.Code, obstacle.Message);
        Remove(order.Folder);
        Directory.CreateDirectory(order.Folder);
        try
        {
            var model = await ModelFiles.PlaceAsync(order.Model, order.Folder, _options.ModelMegabytes, cancellationToken).ConfigureAwait(false);
            var talk = new SlicerTalk(progress);
            var run = new SlicerProcess(_program!, _limiter, _options, _time);
            var exitCode = await run.RunAsync(order.Folder, Arguments(order, model), talk, cancellationToken).ConfigureAwait(false);
            if (exitCode != 0)
                throw SlicerEnd.Of(exitCode, talk.Complaints, _options, order.Printer);
            var made = Path.Combine(order.Folder, Gcode);
            if (!IsWhole(made))
                throw new SliceException(PrintErrorCode.SliceFailed, "the slicer says that it is done, and its G-code is not whole: look whether the disk of the edge is full");
            File.Move(made, order.Output, overwrite: true);
        }
        finally
        {
            Remove(order.Folder);
        }
    }

    // A printer that fetches by itself prepares by itself.
    private bool TakesPart(PrinterCapabilities printer) => IsThere && !printer.PullsByUri;

    // No --center: with it the slicer no longer refuses what does not fit the bed. Without, it arranges on the bed's middle by itself.
    private IEnumerable<string> Arguments(SliceOrder order, string model)
    {
        string Written(string name, string text)
        {
            File.WriteAllText(Path.Combine(order.Folder, name), text);
            return name;
        }

        var profile = _profiles.Find(order.PrinterId, order.Profile.Length > 0 ? order.Profile : SlicerProfiles.Default);
        List<string> settings = [Written("first.ini", SlicerConfiguration.First(order.Printer)), Written("last.ini", SlicerConfiguration.Last)];
        if (profile is not null)
            settings.Insert(1, Path.GetFullPath(profile));
        return ["--export-gcode", "--output", Gcode, .. settings.SelectMany(file => (string[])["--load", file]), model];
    }

    private static bool IsWhole(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenRead(path);
        file.Position = Math.Max(0, file.Length - Tail);
        var tail = new byte[Tail];
        var length = file.ReadAtLeast(tail, Tail, throwOnEndOfStream: false);
        return Encoding.Latin1.GetString(tail, 0, length).TrimEnd().EndsWith("; prusaslicer_config = end", StringComparison.Ordinal);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
