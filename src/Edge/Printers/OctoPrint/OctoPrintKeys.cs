using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Edge.Resilience;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>Asks OctoPrint's user for a key of our own: the plug-in application keys, which comes with OctoPrint.</summary>
internal sealed class OctoPrintKeys(Uri address, TimeProvider time) : IDisposable
{
    // Who does not ask again within 5 s is forgotten.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly PrinterHttp _http = OctoPrintConnector.Connect(address, null, new HostPolicies(time), time);

    /// <summary>Asks, and waits until the user decided.</summary>
    /// <param name="application">What the user is told who asks.</param>
    /// <param name="user">The user whose key it is to be; null for whoever answers.</param>
    /// <param name="asked">Told once that the question is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key.</returns>
    /// <exception cref="PrinterException">There is no such plug-in, it cannot be reached, or the user said no.</exception>
    public async Task<string> RequestAsync(string application, string? user, Action asked, CancellationToken cancellationToken)
    {
        try
        {
            await _http.FindAsync("plugin/appkeys/probe", cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault != PrinterFault.Unreachable)
        {
            throw new PrinterException(
                e.Fault, $"{_http.Host} does not hand out keys. If it is OctoPrint, turn on its plug-in Application Keys, or make a key in its settings and put it into apiKeyFile.", e);
        }

        var question = new JsonObject { ["app"] = application };
        if (user is not null)
            question["user"] = user;
        var answer = await _http.PostAsync("plugin/appkeys/request", question, cancellationToken).ConfigureAwait(false);
        var token = PrinterJson.Text(answer, "app_token");
        if (token.Length == 0)
            throw _http.Stranger();
        asked();
        while (true)
        {
            if (PrinterJson.Text(await DecisionAsync(token, cancellationToken).ConfigureAwait(false), "api_key") is { Length: > 0 } key)
                return key;
            await Task.Delay(AskAgainAfter, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> DecisionAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetAsync($"plugin/appkeys/request/{Uri.EscapeDataString(token)}", cancellationToken).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Refused)
        {
            throw new PrinterException(PrinterFault.Unauthorized, "the key was denied, or nobody answered in time: run the command again and allow it in OctoPrint", e);
        }
    }
}
