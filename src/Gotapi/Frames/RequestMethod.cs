namespace Dwapi.Gotapi.Frames;

/// <summary>Method of a request to a plug-in.</summary>
public enum RequestMethod : byte
{
    /// <summary>Reads.</summary>
    Get = 0,

    /// <summary>Starts events or sets.</summary>
    Put,

    /// <summary>Creates or acts.</summary>
    Post,

    /// <summary>Stops events or removes.</summary>
    Delete,
}
