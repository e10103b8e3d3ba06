using System.Text.Json;
using Dwapi.Grains.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// Reads the parameters in the body of PUT and POST: form and multipart, which the JS SDK always sends, and as an extension the members
/// of a JSON object (gotapi-1.1 section 2, 4 and 5).
/// </summary>
internal sealed class RequestBody(IOptions<GotapiOptions> options)
{
    private readonly int _limit = options.Value.BodyLimit;

    /// <summary>Parameters of the request, body included; null when the body is over the limit (413).</summary>
    public async Task<RequestParameters?> Read(HttpContext context, string query)
    {
        var request = context.Request;
        if (request.ContentLength > _limit)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = _limit;
        }

        try
        {
            if (request.HasFormContentType)
            {
                return new RequestParameters(query, await ReadForm(context));
            }

            return request.HasJsonContentType()
                ? new RequestParameters(query, await ReadJson(context))
                : new RequestParameters(query);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or BadHttpRequestException or IOException or InvalidOperationException)
        {
            // InvalidOperationException: a JSON text that is no Unicode, bytes that are no UTF-8 or half a surrogate pair.
            return new RequestParameters(query, malformedBody: true);
        }
    }

    private async Task<List<KeyValuePair<string, string>>> ReadForm(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(
            new FormOptions { ValueLengthLimit = _limit, MultipartBodyLengthLimit = _limit, MemoryBufferThreshold = _limit },
            context.RequestAborted);
        var pairs = new List<KeyValuePair<string, string>>(form.Count);
        foreach (var (name, values) in form)
        {
            pairs.Add(new(name, values.Count > 0 ? values[0] ?? "" : ""));
        }

        return pairs;
    }

    private static async Task<List<KeyValuePair<string, string>>> ReadJson(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("Parameters are the members of an object.");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                pairs.Add(new(member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()));
            }
        }

        return pairs;
    }
}
