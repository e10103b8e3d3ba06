namespace Orleans;

/// <summary>A grain interface whose key is a number.</summary>
public interface IGrainWithIntegerKey : IGrain
{
}
