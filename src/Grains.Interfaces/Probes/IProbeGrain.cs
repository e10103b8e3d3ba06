namespace Dwapi.Grains.Probes;

/// <summary>
/// Whether a web node reaches its silos: it asks this grain, which does nothing. The key is the node's own, so that the nodes' questions
/// are spread over the silos.
/// </summary>
[Alias("Dwapi.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Answers.</summary>
    [Alias("Answer")]
    Task Answer();
}
