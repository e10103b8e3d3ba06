namespace Dwapi.Actors.CodeGeneration;

/// <summary>Registers the grains and proxies of one assembly. Implemented by generated code.</summary>
public interface IActorManifest
{
    /// <summary>Adds everything to the catalogue.</summary>
    void Register(IActorCatalog catalog);
}
