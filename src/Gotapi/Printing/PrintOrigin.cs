using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>Who brought a job to a printer.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PrintOrigin>))]
public enum PrintOrigin
{
    /// <summary>This server.</summary>
    Dwapi = 0,

    /// <summary>Somebody at the printer or through its own programs.</summary>
    Printer,
}
