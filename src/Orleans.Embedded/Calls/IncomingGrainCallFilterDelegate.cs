namespace Orleans;

/// <summary>A filter that is only a method.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
