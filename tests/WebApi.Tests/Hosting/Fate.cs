namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>What becomes of a notification.</summary>
public enum Fate
{
    /// <summary>It is lost.</summary>
    Lost = -1,

    /// <summary>It arrives.</summary>
    Arrives = 0,

    /// <summary>It arrives after the next one.</summary>
    AfterTheNext = 1,

    /// <summary>It arrives after five more.</summary>
    AfterFive = 5,
}
