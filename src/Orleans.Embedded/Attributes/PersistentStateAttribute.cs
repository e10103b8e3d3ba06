namespace Orleans.Runtime;

/// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/>: it is read before the grain is activated.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute
{
    /// <summary>Names the state, and the storage that holds it (the default one if null).</summary>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>The name of the state within the grain.</summary>
    public string StateName { get; }

    /// <summary>The key of the <see cref="Orleans.Storage.IGrainStorage"/> service; null is the default storage.</summary>
    public string? StorageName { get; }
}
