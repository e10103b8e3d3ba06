using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Dwapi.Gotapi.Errors;

/// <summary>The one table of GotAPI error codes (gotapi-1.1 section 5), used by the server, the plug-in link and the documentation.</summary>
public static class GotapiErrors
{
    /// <summary>-1: client side only, no usable answer.</summary>
    public static readonly GotapiError AccessFailed = new(-1, "ACCESS_FAILED",
        "The server gave no usable answer. Check that it runs and that the address is right.", 500);

    /// <summary>-2: client side only, HMAC missing or wrong.</summary>
    public static readonly GotapiError InvalidServer = new(-2, "INVALID_SERVER",
        "The answer does not carry the HMAC of your key. Do not trust this server; hand over the key again.", 500);

    /// <summary>1: anything else.</summary>
    public static readonly GotapiError Unknown = new(1, "UNKNOWN",
        "Something went wrong in the server. Repeat the call; if it stays, tell the operator.", 500);

    /// <summary>2: profile unknown to server or service.</summary>
    public static readonly GotapiError NotSupportProfile = new(2, "NOT_SUPPORT_PROFILE",
        "This service does not have that profile. See serviceInformation for those it has.", 404);

    /// <summary>3: attribute exists, HTTP method not defined for it.</summary>
    public static readonly GotapiError NotSupportAction = new(3, "NOT_SUPPORT_ACTION",
        "This attribute does not take that HTTP method. See serviceInformation for those it takes.", 405);

    /// <summary>4: attribute and method defined by the profile, not implemented by this service.</summary>
    public static readonly GotapiError NotSupportAttribute = new(4, "NOT_SUPPORT_ATTRIBUTE",
        "This service does not offer that attribute. See serviceInformation for those it offers.", 404);

    /// <summary>5: serviceId missing.</summary>
    public static readonly GotapiError EmptyServiceId = new(5, "EMPTY_SERVICE_ID",
        "The parameter serviceId is missing. Take one from serviceDiscovery.", 400);

    /// <summary>6: no such service.</summary>
    public static readonly GotapiError NotFoundService = new(6, "NOT_FOUND_SERVICE",
        "There is no service of that id. Run serviceDiscovery again.", 404);

    /// <summary>7: nobody answered in time.</summary>
    public static readonly GotapiError Timeout = new(7, "TIMEOUT",
        "Nobody answered in time. Repeat the call.", 504);

    /// <summary>8: path not defined by the profile at all.</summary>
    public static readonly GotapiError UnknownAttribute = new(8, "UNKNOWN_ATTRIBUTE",
        "The profile does not define that attribute. Check the spelling of the path.", 404);

    /// <summary>9: device battery too low.</summary>
    public static readonly GotapiError LowBattery = new(9, "LOW_BATTERY",
        "The battery of the device is too low. Charge or replace it.", 503);

    /// <summary>10: parameter missing, malformed or out of range.</summary>
    public static readonly GotapiError InvalidRequestParameter = new(10, "INVALID_REQUEST_PARAMETER",
        "A parameter is missing or not valid. Correct it and repeat the call.", 400);

    /// <summary>11: user denied, client limit reached, unregistered clientId, other authorization failure.</summary>
    public static readonly GotapiError Authorization = new(11, "AUTHORIZATION",
        "Not authorized. Run authorization/grant and authorization/accessToken, and have the request approved.", 403);

    /// <summary>12: the scope's life is over.</summary>
    public static readonly GotapiError ExpiredAccessToken = new(12, "EXPIRED_ACCESS_TOKEN",
        "The access token has expired. Run authorization/grant and authorization/accessToken again.", 403);

    /// <summary>13: no accessToken sent.</summary>
    public static readonly GotapiError EmptyAccessToken = new(13, "EMPTY_ACCESS_TOKEN",
        "The parameter accessToken is missing. Get one by authorization/grant and authorization/accessToken.", 403);

    /// <summary>14: the profile is not in the token's scopes.</summary>
    public static readonly GotapiError Scope = new(14, "SCOPE",
        "The access token does not cover this profile. Ask for its scope in authorization/accessToken.", 403);

    /// <summary>15: token unknown, or its client no longer exists.</summary>
    public static readonly GotapiError NotFoundClientId = new(15, "NOT_FOUND_CLIENT_ID",
        "The access token is not known, or its client is gone. Run authorization/grant and authorization/accessToken again.", 401);

    /// <summary>16: the device cannot do this now; for a one-shot: there is no result yet.</summary>
    public static readonly GotapiError IllegalDeviceState = new(16, "ILLEGAL_DEVICE_STATE",
        "The device cannot do this now, or has not measured anything yet. Try again after it has.", 409);

    /// <summary>17: the server cannot do this now.</summary>
    public static readonly GotapiError IllegalServerState = new(17, "ILLEGAL_SERVER_STATE",
        "The server cannot do this now. Try again later.", 503);

    /// <summary>18: origin missing, not unique or not allowed.</summary>
    public static readonly GotapiError InvalidOrigin = new(18, "INVALID_ORIGIN",
        "The origin is missing or not allowed. Send one Origin header, or X-GotAPI-Origin from a native application.", 403);

    /// <summary>19: path malformed.</summary>
    public static readonly GotapiError InvalidUrl = new(19, "INVALID_URL",
        "The path is not valid. It has the form /gotapi/PROFILE[/INTERFACE]/ATTRIBUTE.", 400);

    /// <summary>20: profile name is an HTTP method.</summary>
    public static readonly GotapiError InvalidProfile = new(20, "INVALID_PROFILE",
        "A profile cannot be named like an HTTP method. Use another path.", 400);

    /// <summary>21: plug-in switched off by an operator.</summary>
    public static readonly GotapiError PluginDisabled = new(21, "PLUGIN_DISABLED",
        "The plug-in of this service is switched off. Ask the operator to enable it.", 503);

    /// <summary>22: the connection to the plug-in is down.</summary>
    public static readonly GotapiError PluginSuspended = new(22, "PLUGIN_SUSPENDED",
        "The plug-in of this service is not connected. Try again when it is back.", 503);

    /// <summary>The whole table, -2 to 22 without 0 (success).</summary>
    public static readonly ImmutableArray<GotapiError> All =
    [
        InvalidServer, AccessFailed, Unknown, NotSupportProfile, NotSupportAction, NotSupportAttribute, EmptyServiceId, NotFoundService,
        Timeout, UnknownAttribute, LowBattery, InvalidRequestParameter, Authorization, ExpiredAccessToken, EmptyAccessToken, Scope,
        NotFoundClientId, IllegalDeviceState, IllegalServerState, InvalidOrigin, InvalidUrl, InvalidProfile, PluginDisabled, PluginSuspended,
    ];

    private static readonly FrozenDictionary<int, GotapiError> ByCode = All.ToFrozenDictionary(error => error.Code);

    /// <summary>The row of a code; a code that the table lacks counts as <see cref="Unknown"/>.</summary>
    public static GotapiError Of(int code) => ByCode.GetValueOrDefault(code, Unknown);
}
