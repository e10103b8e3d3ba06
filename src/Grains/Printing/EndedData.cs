namespace Dwapi.Grains.Printing;

/// <summary>What a printer's grain keeps of jobs that have ended, apart from its queue, which is written more often.</summary>
internal sealed class EndedData
{
    /// <summary>They, in the order of their ends.</summary>
    public List<EndedPrint> Jobs { get; set; } = [];
}
