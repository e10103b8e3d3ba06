namespace Dwapi.Gotapi.Frames;

/// <summary>The words of the member <c>method</c>.</summary>
internal static class FrameMethod
{
    public const string Hello = "HELLO";
    public const string Welcome = "WELCOME";
    public const string Services = "SERVICES";
    public const string Events = "EVENTS";
    public const string Event = "EVENT";
    public const string Response = "RESPONSE";
    public const string Ping = "PING";
    public const string Pong = "PONG";
    public const string Ack = "ACK";
    public const string Error = "ERROR";
    public const string Get = "GET";
    public const string Put = "PUT";
    public const string Post = "POST";
    public const string Delete = "DELETE";

    public static string Of(RequestMethod method) => method switch
    {
        RequestMethod.Get => Get,
        RequestMethod.Put => Put,
        RequestMethod.Post => Post,
        _ => Delete,
    };
}
