using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Gotapi;

/// <summary>The four verbs, in requests and in paths.</summary>
internal static class GotapiVerbs
{
    /// <summary>The verb of an HTTP method; <see cref="GotapiVerb.None"/> for any other (501).</summary>
    public static GotapiVerb OfMethod(string method) =>
        HttpMethods.IsGet(method) ? GotapiVerb.Get
        : HttpMethods.IsPut(method) ? GotapiVerb.Put
        : HttpMethods.IsPost(method) ? GotapiVerb.Post
        : HttpMethods.IsDelete(method) ? GotapiVerb.Delete
        : GotapiVerb.None;

    /// <summary>The verb that a path segment names, without case; <see cref="GotapiVerb.None"/> when it is none.</summary>
    public static GotapiVerb OfSegment(ReadOnlySpan<char> segment) =>
        segment.Equals("get", StringComparison.OrdinalIgnoreCase) ? GotapiVerb.Get
        : segment.Equals("put", StringComparison.OrdinalIgnoreCase) ? GotapiVerb.Put
        : segment.Equals("post", StringComparison.OrdinalIgnoreCase) ? GotapiVerb.Post
        : segment.Equals("delete", StringComparison.OrdinalIgnoreCase) ? GotapiVerb.Delete
        : GotapiVerb.None;

    /// <summary>The verb as GotAPI-4 spells it.</summary>
    public static string NameOf(GotapiVerb verb) => verb switch
    {
        GotapiVerb.Get => "GET",
        GotapiVerb.Put => "PUT",
        GotapiVerb.Post => "POST",
        _ => "DELETE",
    };
}
