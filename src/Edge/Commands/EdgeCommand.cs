using System.CommandLine;

namespace Dwapi.Edge.Commands;

/// <summary>The command line of dwapi-edge.</summary>
internal static class EdgeCommand
{
    /// <summary>Writes JSON instead of text; every command knows it.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Write one JSON object instead of text.", Recursive = true };

    /// <summary>The root command with all verbs.</summary>
    public static RootCommand Create() => new("The edge of Dwapi: brings the measurements of health devices to the server, and loses none.")
    {
        Json,
        RunCommand.Create(),
        DecodeCommand.Create(),
        ReplayCommand.Create(),
        SimulateCommand.Create(),
        OutboxCommand.Create(),
        ScanCommand.Create(),
        DevicesCommand.Create(),
        PairCommand.Create(),
        MonitorCommand.Create(),
        CaptureCommand.Create(),
        DoctorCommand.Create(),
        PrintersCommand.Create(),
        VirtualPrinterCommand.Create(),
    };
}
