namespace Orleans;

/// <summary>A grain interface whose key is a GUID and a text.</summary>
public interface IGrainWithGuidCompoundKey : IGrain
{
}
