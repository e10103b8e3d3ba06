using System.Net.Http.Headers;
using System.Text.Json;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>An answer of the server.</summary>
public sealed record Reply(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json { get; } = Text.Length == 0 ? default : JsonDocument.Parse(Text).RootElement;

    /// <summary>0 for success.</summary>
    public int Error => Has("errorCode") ? Json.GetProperty("errorCode").GetInt32() : 0;

    public string Message => Json.GetProperty("errorMessage").GetString()!;

    public bool Has(string member) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out _);

    public string String(string member) => Json.GetProperty(member).GetString()!;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static async Task<Reply> Of(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
}
