using System.Text.Json.Serialization.Metadata;
using Dwapi.WebApi.Fhir.Resources;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Fhir;

/// <summary>Answers in FHIR's media type.</summary>
internal static class FhirAnswers
{
    private const string MediaType = "application/fhir+json; charset=utf-8";

    public static IResult Ok<T>(T resource, JsonTypeInfo<T> type)
        where T : Resource => TypedResults.Json(resource, type, MediaType);

    public static IResult NotFound(string what) => Outcome(StatusCodes.Status404NotFound, "not-found", what);

    public static IResult Invalid(string why) => Outcome(StatusCodes.Status400BadRequest, "invalid", why);

    /// <summary>A page; an empty cursor is the last one.</summary>
    public static IResult Page(HttpRequest request, IEnumerable<(string Id, Resource Resource)> found, string cursor)
    {
        var root = $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}";
        var links = new List<BundleLink> { new("self", root + request.QueryString.ToUriComponent()) };
        if (cursor.Length > 0)
        {
            var query = QueryString.Create(request.Query.Where(parameter => parameter.Key != "_cursor")).Add("_cursor", cursor);
            links.Add(new BundleLink("next", root + query.ToUriComponent()));
        }

        var entries = found.Select(item => new BundleEntry($"{root}/{item.Id}", item.Resource, new BundleSearch("match"))).ToArray();
        return Ok(new Bundle("searchset", links, entries), FhirJson.Default.Bundle);
    }

    private static IResult Outcome(int status, string code, string diagnostics) => TypedResults.Json(
        new OperationOutcome([new OutcomeIssue("error", code, diagnostics)]), FhirJson.Default.OperationOutcome, MediaType, status);
}
