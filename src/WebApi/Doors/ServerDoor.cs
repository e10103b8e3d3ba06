using System.Net;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Doors;

/// <summary>
/// What every request passes before anybody looks at its path: Host, clear text, client address, size of the headers (DECISIONS 8, 31).
/// Probes are excepted: they ask by the address of the pod.
/// </summary>
internal sealed class ServerDoor(
    HostNames names, RemoteAddress remote, IOptions<GotapiOptions> gotapi, IOptions<DwapiOptions> dwapi)
{
    private static readonly Refusal WrongHost = new(
        GotapiErrors.InvalidUrl,
        "The Host header does not name this server. Use its address, or add the name to Gotapi:HostNames.",
        StatusCodes.Status421MisdirectedRequest);

    private static readonly Refusal ClearText = new(
        GotapiErrors.IllegalServerState,
        "Clear text is served on loopback only. Use https, or set Dwapi:ClearTextBehindProxy when a proxy in front ends TLS.",
        StatusCodes.Status403Forbidden);

    private static readonly Refusal WrongClient = new(
        GotapiErrors.IllegalServerState,
        "This address may not use the server. Add it to Gotapi:AllowedClients.",
        StatusCodes.Status403Forbidden);

    private static readonly Refusal TooLarge = new(
        GotapiErrors.Unknown, "Request line and headers are too large (Gotapi:HeaderLimit).", StatusCodes.Status413PayloadTooLarge);

    private readonly AddressList _clients = new(gotapi.Value.AllowedClients, "Gotapi:AllowedClients");
    private readonly int _headerLimit = gotapi.Value.HeaderLimit;
    private readonly bool _clearTextBehindProxy = dwapi.Value.ClearTextBehindProxy;

    /// <summary>Null when the request may go on.</summary>
    public Refusal? Check(HttpContext context)
    {
        if (IsProbe(context.Request.Path.Value))
        {
            return null;
        }

        if (!names.IsOwn(context))
        {
            return WrongHost;
        }

        if (!_clearTextBehindProxy && !context.Request.IsHttps && !IsLoopback(context.Connection.LocalIpAddress))
        {
            return ClearText;
        }

        if (!_clients.IsEmpty && remote.Of(context) is { } address && !IPAddress.IsLoopback(address) && !_clients.Contains(address))
        {
            return WrongClient;
        }

        return SizeOf(context.Request) > _headerLimit ? TooLarge : null;
    }

    /// <summary>Whether a path is one of the probes; they are asked by the address of the pod.</summary>
    public static bool IsProbe(string? path) => path is "/healthz" or "/readyz" or "/livez" or "/metrics";

    // Unix sockets and the in-memory server have no address; neither leaves the machine.
    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    private static int SizeOf(HttpRequest request)
    {
        var size = request.Method.Length + request.PathBase.Value!.Length + request.Path.Value!.Length + request.QueryString.Value!.Length + "  HTTP/1.1\r\n".Length;
        foreach (var header in request.Headers)
        {
            foreach (var value in header.Value)
            {
                size += header.Key.Length + (value?.Length ?? 0) + ": \r\n".Length;
            }
        }

        return size;
    }
}
