using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>What a printer is doing.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<OperatingStatus>))]
public enum OperatingStatus
{
    /// <summary>Cannot be reached.</summary>
    Offline = 0,

    /// <summary>Ready, nothing to do.</summary>
    Idle,

    /// <summary>A job begins.</summary>
    Preparing,

    /// <summary>Heats up for a job.</summary>
    Heating,

    /// <summary>Prints.</summary>
    Printing,

    /// <summary>Is about to pause.</summary>
    Pausing,

    /// <summary>Paused because somebody asked for it.</summary>
    Paused,

    /// <summary>Is about to cancel.</summary>
    Cancelling,

    /// <summary>The last job ended well and its part may lie on the bed.</summary>
    Finished,

    /// <summary>The last job was cancelled.</summary>
    Stopped,

    /// <summary>Waits for a person, for example without filament.</summary>
    Attention,

    /// <summary>A fault that a person has to mend.</summary>
    Error,
}
