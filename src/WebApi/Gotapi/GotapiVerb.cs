namespace Dwapi.WebApi.Gotapi;

/// <summary>What a request asks for: the HTTP verb, or the one that the path names in its place (method override).</summary>
internal enum GotapiVerb : byte
{
    /// <summary>Not a GotAPI verb.</summary>
    None = 0,

    /// <summary>Reads.</summary>
    Get,

    /// <summary>Starts an event or sets.</summary>
    Put,

    /// <summary>Creates or acts.</summary>
    Post,

    /// <summary>Stops an event or removes.</summary>
    Delete,
}
