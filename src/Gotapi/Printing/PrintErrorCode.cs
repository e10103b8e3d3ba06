using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>Kinds of failure of a job.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PrintErrorCode>))]
public enum PrintErrorCode
{
    /// <summary>None of the others.</summary>
    Unknown = 0,

    /// <summary>The content server refused token or login.</summary>
    TokenRejected,

    /// <summary>The file could not be had.</summary>
    DownloadFailed,

    /// <summary>The file is not the one that was ordered, twice.</summary>
    DigestMismatch,

    /// <summary>Not a file that this printer or its slicer takes.</summary>
    WrongType,

    /// <summary>No room at the edge or the printer.</summary>
    StorageFull,

    /// <summary>The model does not fit or is none.</summary>
    ModelUnprintable,

    /// <summary>The slicer failed, or there is none.</summary>
    SliceFailed,

    /// <summary>The printer did not take the file.</summary>
    UploadFailed,

    /// <summary>The printer did not begin.</summary>
    StartUnconfirmed,

    /// <summary>The printer did not say that it stopped.</summary>
    CancelUnconfirmed,

    /// <summary>The print was cut off and nothing of it is left to go on with.</summary>
    Interrupted,

    /// <summary>The firmware reported a fault.</summary>
    FirmwareError,

    /// <summary>Filament ran out and the job was given up.</summary>
    Filament,

    /// <summary>Jam.</summary>
    Jam,

    /// <summary>A heater failed.</summary>
    Thermal,

    /// <summary>The printer did not come back.</summary>
    ConnectionLost,
}
