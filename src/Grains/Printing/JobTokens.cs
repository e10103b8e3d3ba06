using Dwapi.Grains.Ports;

namespace Dwapi.Grains.Printing;

/// <summary>
/// The tokens that were made for one job, kept sealed until the content server was told that they are over: none is forgotten because a
/// token was replaced, the job was stopped meanwhile or the host began anew.
/// </summary>
internal sealed class JobTokens(PrintJobData data, ISecretBox secrets)
{
    // No token lives longer, whatever becomes of the server.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    /// <summary>Whether tokens are to be ended now: those of a job that has ended, and those that a job was refused with.</summary>
    public bool AreOver(long now) =>
        data.Tokens.Count > 0 && (data.State == Gotapi.Printing.PrintJobState.Authorizing || (data.EndedAt is { } end && now - end < LongestLife.TotalMilliseconds));

    /// <summary>Remembers a token; true when there is one, which the caller makes durable.</summary>
    public bool Keep(string token)
    {
        if (token.Length == 0)
            return false;
        data.Tokens.Add(secrets.Seal(token));
        return true;
    }

    /// <summary>Ends what there is by <paramref name="revoke"/>, which answers false when the server cannot be asked now.</summary>
    /// <returns>True when something changed, which the caller makes durable.</returns>
    public async Task<bool> End(Func<string, Task<bool>> revoke)
    {
        var changed = false;
        foreach (var box in data.Tokens.ToArray())
        {
            // What cannot be opened was sealed by another host, and ends by itself.
            if (secrets.Open(box) is { } token && !await revoke(token))
                continue;
            data.Tokens.Remove(box);
            changed = true;
        }

        return changed;
    }
}
