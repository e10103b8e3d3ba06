using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>How a printer is: the object <c>status</c>. A number that is not known is written as null.</summary>
public sealed record PrinterStatus : IJsonOnDeserialized
{
    /// <summary>MDC code of degrees Celsius, as the sibling texts print it.</summary>
    public const string CelsiusCode = "268192";

    /// <summary>What it is doing.</summary>
    public required OperatingStatus OperatingStatus { get; init; }

    /// <summary>Actual temperature of the hottest active tool, degrees Celsius.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? NozzleTemperature { get; init; }

    /// <summary>Its target.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? NozzleTargetTemperature { get; init; }

    /// <summary>Temperature of the bed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? BedTemperature { get; init; }

    /// <summary>Its target.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? BedTargetTemperature { get; init; }

    /// <summary>Temperature of the chamber.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? ChamberTemperature { get; init; }

    /// <summary>Every tool.</summary>
    public ImmutableArray<ToolTemperature> Tools { get; init; } = [];

    /// <summary>Unit of the temperatures.</summary>
    public string Unit { get; init; } = "deg C";

    /// <summary>Its code.</summary>
    public string UnitCode { get; init; } = CelsiusCode;

    /// <summary>Part of the running job that is done, 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Progress { get; init; }

    /// <summary>Seconds since it began.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Elapsed { get; init; }

    /// <summary>Seconds until it ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Remaining { get; init; }

    /// <summary>Order of the running job in the queue: 0; null when none runs.</summary>
    public int? CurrentOrder { get; init; }

    /// <summary>Our id of the running job; null when none runs or somebody else started it.</summary>
    public string? CurrentJobId { get; init; }

    /// <summary>What is wrong.</summary>
    public ImmutableArray<PrinterAlert> Alerts { get; init; } = [];

    /// <summary>When, Unix milliseconds.</summary>
    public required long TimeStamp { get; init; }

    /// <summary>The same as <c>YYYYMMDDHHMMSS.sss+HHMM</c>.</summary>
    public required string TimeStampString { get; init; }

    /// <summary>True if the printer gave no time, so that it is the time of reception (HD-HLF-06).</summary>
    public bool TimeStampByPlugIn { get; init; } = true;

    void IJsonOnDeserialized.OnDeserialized()
    {
        PrintingJson.CheckElements(Tools);
        PrintingJson.CheckElements(Alerts);
    }
}
