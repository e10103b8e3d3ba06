using System.Buffers;
using System.Text.Json;

namespace Dwapi.WebApi.Events;

/// <summary>Reads the first frame of a GotAPI-5 socket, <c>{"accessToken":"..."}</c>.</summary>
internal static class SocketHandshake
{
    /// <summary>What the frame says.</summary>
    /// <param name="frame">UTF-8 text.</param>
    /// <param name="token">The token; "" when the object has none.</param>
    /// <returns>False when it is no JSON object (error 5).</returns>
    public static bool TryReadToken(ReadOnlySequence<byte> frame, out string token)
    {
        token = "";
        try
        {
            using var document = JsonDocument.Parse(frame);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            if (document.RootElement.TryGetProperty("accessToken", out var member) && member.ValueKind == JsonValueKind.String)
            {
                token = member.GetString()!;
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no Unicode, such as half a surrogate pair.
            return false;
        }
    }
}
