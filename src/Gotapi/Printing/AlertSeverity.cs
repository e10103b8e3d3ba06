using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>How bad an alert is.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>Good to know.</summary>
    Info = 0,

    /// <summary>The job may suffer.</summary>
    Warning,

    /// <summary>The job does not go on without a person.</summary>
    Error,
}
