using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Link;

/// <summary>A connection to the server came to its end, or could not be made.</summary>
internal sealed class LinkException : Exception
{
    /// <summary>With the reason and its cause.</summary>
    public LinkException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>True if the server itself said no, so that an operator has to do something.</summary>
    public bool Refused { get; init; }

    /// <summary>The server's own last word. An authorization error or a switched-off plug-in needs an operator; all else may pass.</summary>
    public static LinkException Of(ErrorFrame error) => new($"the server ends the link: error {error.ErrorCode}: {error.ErrorMessage}")
    {
        Refused = (error.ErrorCode >= GotapiErrors.Authorization.Code && error.ErrorCode <= GotapiErrors.NotFoundClientId.Code)
            || error.ErrorCode == GotapiErrors.PluginDisabled.Code,
    };
}
