using System.CommandLine;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>The command line of dwapi-edge.</summary>
internal static class EdgeCommand
{
    /// <summary>Writes JSON instead of text; every command knows it.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Write one JSON object instead of text.", Recursive = true };

    /// <summary>The root command with the edge's verbs, on the radio of a Linux machine.</summary>
    public static RootCommand Create() => Create(BluetoothRadio.Open);

    /// <summary>The root command with the edge's verbs; a program may add its own.</summary>
    public static RootCommand Create(RadioFactory radio) => new("The edge of Dwapi: brings the measurements of health devices to the server, and loses none.")
    {
        Json,
        RunCommand.Create(radio),
        DecodeCommand.Create(),
        ReplayCommand.Create(),
        SimulateCommand.Create(),
        OutboxCommand.Create(),
        ScanCommand.Create(radio),
        DevicesCommand.Create(),
        PairCommand.Create(radio),
        MonitorCommand.Create(radio),
        CaptureCommand.Create(radio),
        DoctorCommand.Create(radio),
        PrintersCommand.Create(),
    };
}
