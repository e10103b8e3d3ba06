using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Applications;

/// <summary>When a client is over (DECISIONS 1): the one rule for the session, which must not answer then, and for the index.</summary>
internal static class ClientLifetime
{
    /// <summary>When a client ends. A live socket counts as use, which the caller has to look at.</summary>
    public static DateTimeOffset End(GotapiOptions options, bool approved, DateTimeOffset createdAt, DateTimeOffset lastUsed) =>
        approved ? lastUsed + options.UnusedLifetime : createdAt + options.UnapprovedLifetime;

    /// <summary>Time of use as it is kept, so that not every use is a write.</summary>
    public static DateTimeOffset ToMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
}
