namespace Dwapi.Edge.Tests.Support;

/// <summary>How long a test waits for what must come; only a failing test ever waits so long.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => new CancellationTokenSource(Limit).Token;
}
