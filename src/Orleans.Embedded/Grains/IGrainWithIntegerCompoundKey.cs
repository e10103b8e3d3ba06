namespace Orleans;

/// <summary>A grain interface whose key is a number and a text.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain
{
}
