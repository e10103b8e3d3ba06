namespace Dwapi.Grains.Devices;

/// <summary>What became of one reported item.</summary>
[GenerateSerializer, Alias("Dwapi.ReportOutcome")]
public enum ReportOutcome
{
    /// <summary>Durable now.</summary>
    Committed = 0,

    /// <summary>Was durable before: the same edge sequence or the same identity. Acknowledged like <see cref="Committed"/>.</summary>
    Duplicate = 1,

    /// <summary>Will never be taken, for the reason in the result; acknowledged with that reason.</summary>
    Refused = 2,

    /// <summary>Not taken now (another activation was ahead, the store failed): not acknowledged, the caller repeats.</summary>
    Repeat = 3,
}
