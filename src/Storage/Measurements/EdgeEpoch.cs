namespace Dwapi.Storage.Measurements;

/// <summary>One epoch of an edge's outbox while a batch is worked on.</summary>
internal sealed class EdgeEpoch
{
    /// <summary>0 until there is a row.</summary>
    public long Id { get; set; }

    /// <summary>The edge holds everything up to here as acknowledged.</summary>
    public long Acknowledged { get; set; }
}
