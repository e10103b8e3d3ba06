namespace Dwapi.Grains.Printing;

/// <summary>A job that has ended.</summary>
internal sealed class EndedPrint
{
    /// <summary>The job.</summary>
    public string JobId { get; set; } = "";

    /// <summary>When the printer heard of it, Unix milliseconds.</summary>
    public long EndedAt { get; set; }

    /// <summary>Something of it is still to be told to its edge or its content server.</summary>
    public bool Open { get; set; }
}
