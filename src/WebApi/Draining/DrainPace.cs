namespace Dwapi.WebApi.Draining;

/// <summary>
/// How connections are closed: in waves of a quarter of a second, give or take half of it. A thousand clients that lost their sockets at
/// one moment would all come back at the next.
/// </summary>
/// <param name="Wave">Connections of one wave.</param>
internal readonly record struct DrainPace(int Wave)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>The pace for so many connections.</summary>
    /// <param name="connections">How many are open.</param>
    /// <param name="perSecond">The configured rate.</param>
    /// <param name="within">What may be used; a rate that would need more is raised.</param>
    public static DrainPace Of(int connections, int perSecond, TimeSpan within)
    {
        var waves = Math.Max(1, (int)(within / Between));
        var configured = (int)Math.Ceiling(perSecond * Between.TotalSeconds);
        return new DrainPace(Math.Max(configured, (int)Math.Ceiling(connections / (double)waves)));
    }

    /// <summary>How long until the next wave: on average a quarter of a second.</summary>
    public static TimeSpan Next() => Between * (0.5 + Random.Shared.NextDouble());
}
