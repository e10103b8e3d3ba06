namespace Orleans.Configuration;

/// <summary>Options of a grain storage in memory. The embedded runtime has none.</summary>
public class MemoryGrainStorageOptions
{
}
