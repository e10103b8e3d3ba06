namespace Dwapi.WebApi.Management;

/// <summary>The file of the admin token cannot be used; the message is one line that says what to do.</summary>
public sealed class AdminTokenException(string message, Exception? cause = null) : Exception(message, cause);
