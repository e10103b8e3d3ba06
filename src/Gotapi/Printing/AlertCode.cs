using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>What is wrong with a printer or its job.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<AlertCode>))]
public enum AlertCode
{
    /// <summary>None of the others.</summary>
    Unknown = 0,

    /// <summary>No filament.</summary>
    FilamentOut,

    /// <summary>Little filament.</summary>
    FilamentLow,

    /// <summary>Heating got out of hand.</summary>
    ThermalRunaway,

    /// <summary>A heater or its sensor failed.</summary>
    HeaterFault,

    /// <summary>The printer's controller shut down.</summary>
    McuShutdown,

    /// <summary>The door is open.</summary>
    DoorOpen,

    /// <summary>Filament or part jammed.</summary>
    Jam,

    /// <summary>The printer cannot be reached; what it does is not known.</summary>
    ConnectionLost,

    /// <summary>No room for the file.</summary>
    StorageFull,

    /// <summary>The model does not fit the printer or is no model.</summary>
    ModelUnprintable,

    /// <summary>The content server did not give the file.</summary>
    DownloadFailed,

    /// <summary>The content server refused the token.</summary>
    TokenRejected,

    /// <summary>The slicer failed.</summary>
    SliceFailed,

    /// <summary>The firmware reports a fault.</summary>
    FirmwareError,
}
