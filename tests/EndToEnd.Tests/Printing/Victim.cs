namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>The process that is killed.</summary>
internal enum Victim
{
    Host = 0,
    Edge,
    ContentServer,
}
