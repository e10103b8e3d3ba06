using Dwapi.Edge.Outbox;

namespace Dwapi.Edge.Commands;

/// <summary>What the program's end says to a script. A wrong command line is 1, by the command line library.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A setting or a file is wrong.</summary>
    public const int Configuration = 2;

    /// <summary>The payload is not decoded: malformed, unknown, or without a value.</summary>
    public const int NotDecoded = 3;

    /// <summary>The outbox cannot be used.</summary>
    public const int Outbox = 4;

    /// <summary>The server refused the edge.</summary>
    public const int ServerRefused = 5;

    /// <summary>The radio cannot be used.</summary>
    public const int Bluetooth = 6;

    /// <summary>The doctor found something.</summary>
    public const int Unwell = 7;

    /// <summary>Ended by the user before it was done.</summary>
    public const int Interrupted = 130;

    /// <summary>What an edge says that cannot start: a wrong setting stays wrong, an outbox may be free, or its disk have room, at the next try.</summary>
    public static int Of(EdgeOptionsException fault) => fault.InnerException is OutboxException ? Outbox : Configuration;
}
