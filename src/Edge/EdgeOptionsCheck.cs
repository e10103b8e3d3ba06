using System.ComponentModel.DataAnnotations;
using Dwapi.Edge.Link;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Sources.Simulators;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge;

/// <summary>The checks of the settings, and what follows from them.</summary>
internal static class EdgeOptionsCheck
{
    /// <summary>The settings of the link.</summary>
    /// <exception cref="EdgeOptionsException">One or more settings are wrong.</exception>
    public static LinkSettings Link(EdgeOptions options)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        Validator.TryValidateObject(options.Simulators, new ValidationContext(options.Simulators), faults, validateAllProperties: true);
        Validator.TryValidateObject(options.Bluetooth, new ValidationContext(options.Bluetooth), faults, validateAllProperties: true);
        var problems = faults.Select(fault => fault.ErrorMessage ?? "").Concat(OfPrinters(options)).ToList();
        if (options.Server is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
            problems.Add("Server: the address of the link is needed, ws://HOST:4035 or wss://HOST:4036");
        if (!ServiceIdRule.IsValid(options.EdgeId))
            problems.Add("EdgeId: 1 to 128 letters, digits, dots, underscores, colons and dashes");
        if (options.CertificateThumbprint is { } thumbprint && !ServerTrust.IsThumbprint(thumbprint))
            problems.Add("CertificateThumbprint: 64 (SHA-256) or 40 (SHA-1) hex digits");
        if (options.CertificateFile is { } certificate && !File.Exists(certificate))
            problems.Add($"CertificateFile: there is no {certificate}");
        foreach (var word in options.Simulators.Kinds.Where(word => !SimulatedFleet.IsKind(word)))
            problems.Add($"Simulators: there is no kind {word}; write {string.Join(", ", SimulatedFleet.Names)} or {SimulatedFleet.All}");
        var key = Key(options, problems);
        if (problems.Count > 0)
            throw new EdgeOptionsException(string.Join("; ", problems));
        return new LinkSettings
        {
            Server = options.Server!.AbsolutePath == "/" ? new Uri(options.Server, LinkLimits.Path) : options.Server,
            EdgeId = options.EdgeId,
            Key = key,
            Name = options.Name,
            CertificateThumbprint = options.CertificateThumbprint,
            CertificateFile = options.CertificateFile,
            DeadAfter = TimeSpan.FromSeconds(options.DeadAfterSeconds),
            LongestRetryDelay = TimeSpan.FromSeconds(options.LongestRetrySeconds),
        };
    }

    /// <summary>The civil zone; null when only UTC is known.</summary>
    /// <exception cref="EdgeOptionsException">There is no such zone.</exception>
    public static TimeZoneInfo? Zone(EdgeOptions options)
    {
        if (options.TimeZone.Equals("unknown", StringComparison.OrdinalIgnoreCase))
            return null;
        if (options.TimeZone.Equals("local", StringComparison.OrdinalIgnoreCase))
            return TimeZoneInfo.Local;
        return TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var zone)
            ? zone
            : throw new EdgeOptionsException($"TimeZone: no zone {options.TimeZone}; write local, unknown or a name like Europe/Berlin");
    }

    /// <summary>Where durable things lie.</summary>
    public static string DataDirectory(EdgeOptions options) => Path.GetFullPath(options.DataDirectory ?? Path.Combine(

        // Not verified: a user's first program finds no such folder, and nothing in its place would be the folder that it was started in.
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "dwapi-edge"));

    /// <summary>The file of the outbox.</summary>
    public static string OutboxPath(EdgeOptions options) =>
        // A colon is fine in an edge id and not in a file name everywhere.
        Path.GetFullPath(options.Outbox ?? Path.Combine(DataDirectory(options), $"{options.EdgeId.Replace(':', '_')}.outbox"));

    /// <summary>The settings of the printers alone.</summary>
    /// <exception cref="EdgeOptionsException">One or more are wrong.</exception>
    public static void Printers(EdgeOptions options)
    {
        if (OfPrinters(options).ToList() is { Count: > 0 } problems)
            throw new EdgeOptionsException(string.Join("; ", problems));
    }

    private static IEnumerable<string> OfPrinters(EdgeOptions options)
    {
        foreach (var printer in options.Printers)
        {
            List<ValidationResult> faults = [];
            Validator.TryValidateObject(printer, new ValidationContext(printer), faults, validateAllProperties: true);
            foreach (var fault in faults)
                yield return fault.ErrorMessage ?? "";
            if (printer.Address is { } address && !(address is { IsAbsoluteUri: true, Scheme: "http" or "https" } || IsIpp(printer.Kind, address)))
                yield return $"Printers: the address of {printer.Id} is http://HOST:PORT or https://HOST:PORT{(printer.Kind == PrinterKind.Ipp ? ", ipp://HOST or ipps://HOST" : "")}";
            if (printer.CertificateThumbprint is { } thumbprint && !ServerTrust.IsThumbprint(thumbprint))
                yield return $"Printers: the certificateThumbprint of {printer.Id} is 64 (SHA-256) or 40 (SHA-1) hex digits";
            if (printer.ApiKeyFile is { } file && !File.Exists(file))
                yield return $"Printers: there is no {file}, the key of {printer.Id}{(printer.Kind == PrinterKind.OctoPrint ? $": dwapi-edge printers key {printer.Id} makes it" : "")}";
            if (printer.PasswordFile is { } secret && !File.Exists(secret))
                yield return $"Printers: there is no {secret}, the password of {printer.Id}";
            if (printer.ModelsFile is { } models && !File.Exists(models))
                yield return $"Printers: there is no {models}, the models of {printer.Id}";
            if (printer.PrintVolume is { } volume && PrintVolume.Parse(volume) is null)
                yield return $"Printers: the printVolume of {printer.Id} is XxYxZ in millimetres, for example 250x210x220";
            foreach (var problem in OfLogin(printer))
                yield return problem;
        }

        List<ValidationResult> slicer = [];
        Validator.TryValidateObject(options.Slicer, new ValidationContext(options.Slicer), slicer, validateAllProperties: true);
        foreach (var fault in slicer)
            yield return $"Slicer: {fault.ErrorMessage}";
        if (options.Slicer is { Enabled: true, Program: { } program } && SlicerProgram.Find(program) is null)
            yield return $"Slicer: there is no {program}; leave it out to look for {SlicerProgram.Default} in PATH";
        if (options.Slicer.Profiles is { } profiles && !Directory.Exists(profiles))
            yield return $"Slicer: there is no folder {profiles}";
        foreach (var twice in options.Printers.GroupBy(printer => printer.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"Printers: {twice.Key} is there twice";
    }

    private static bool IsIpp(PrinterKind kind, Uri address) =>
        kind == PrinterKind.Ipp && address is { IsAbsoluteUri: true, Scheme: "ipp" or "ipps", Host.Length: > 0 };

    private static IEnumerable<string> OfLogin(PrinterOptions printer)
    {
        var (key, password) = (printer.ApiKey ?? printer.ApiKeyFile, printer.Password ?? printer.PasswordFile);
        if (printer.Kind == PrinterKind.OctoPrint && key is null)
            yield return $"Printers: OctoPrint wants a key for {printer.Id}: dwapi-edge printers key {printer.Id} gets one; set apiKeyFile to its file";
        if (printer.Kind == PrinterKind.PrusaLink && key is null && password is null)
            yield return $"Printers: PrusaLink wants passwordFile (and userName, if it is not maker) or apiKeyFile for {printer.Id}; they are in the printer's menu, Network, PrusaLink";
        if (printer.UserName is { } name && (name.Length == 0 || name.Any(c => c is < ' ' or > '~' or ':' or '"')))
            yield return $"Printers: the userName of {printer.Id} has plain letters only, no colon and no quote";
    }

    private static string Key(EdgeOptions options, List<string> problems)
    {
        var key = options.Key;
        if (key is null && options.KeyFile is { } file)
        {
            try
            {
                key = File.ReadLines(file).FirstOrDefault();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"KeyFile: {e.Message}");
                return "";
            }
        }

        if (string.IsNullOrWhiteSpace(key))
            problems.Add("Key: the key of this edge is needed (Key, KeyFile or DWAPI_EDGE_KEY); the server gives one by POST /api/v1/edges");
        return key?.Trim() ?? "";
    }
}
