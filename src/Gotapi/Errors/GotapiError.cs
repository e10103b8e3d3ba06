namespace Dwapi.Gotapi.Errors;

/// <summary>One row of the GotAPI error table: what the caller reads in <c>errorCode</c> and <c>errorMessage</c>.</summary>
/// <param name="Code">-2 to 22; 11 to 15 are for authorization only, because clients authorize anew on them.</param>
/// <param name="Name">Name of the code, as clients' constants spell it.</param>
/// <param name="Message">Default message: what happened and what to do next. Callers may give a more exact one.</param>
/// <param name="StrictHttpStatus">HTTP status when <c>strictHttpStatus</c> is set; otherwise errors are HTTP 200 with result 1.</param>
public sealed record GotapiError(int Code, string Name, string Message, int StrictHttpStatus);
