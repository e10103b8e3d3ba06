namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>Tests that measure this process, or compare times of one moment with those of another: no other class of tests runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Undisturbed
{
    public const string Name = "undisturbed";
}
