using Dwapi.Gotapi.Errors;

namespace Dwapi.WebApi.Doors;

/// <summary>Why a request does not get in.</summary>
/// <param name="Error">The row of the error table.</param>
/// <param name="Message">More exact than the row's own, or null.</param>
/// <param name="HttpStatus">A status that holds whatever <c>Gotapi:StrictHttpStatus</c> says; 0: the rule of the error table.</param>
internal sealed record Refusal(GotapiError Error, string? Message = null, int HttpStatus = 0);
